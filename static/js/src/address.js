/* The square of the follow-up sheet: the code stands after # in the address, which no server ever receives. */

/** Write the code in its field, take it out of the address, and say so. */
export function fillCode() {
  const form = document.querySelector("[data-code-in-address]");
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (!form || !code) return;
  history.replaceState(null, "", location.pathname);
  if (!/^[0-9A-Za-z-]{16,24}$/.test(code)) return;
  form.elements.code.value = code;
  const region = form.querySelector("[data-said]");
  setTimeout(() => (region.textContent = region.dataset.said), 50);
}
