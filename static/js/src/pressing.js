/* Sending a form that the script held back: whatever is missing or fails here, the plain form goes. */

/** Return a reader of the button pressed last: Safari tells it in the event from 15.4 on. */
export function pressedOf(form) {
  let last = null;
  form.addEventListener("click", (event) => {
    last = event.target.closest("button, input[type=submit]") ?? last;
  });
  return (event) => (event.submitter === undefined ? last : event.submitter);
}

/** Send the form as that button does, once the event that was held back is over: until then, browsers refuse. */
export function letGo(form, button) {
  setTimeout(() => {
    if (form.requestSubmit) form.requestSubmit(button);
    else submitPlainly(form, button);
  });
}

/** Do without `requestSubmit`, which is there from Safari 16 on. */
function submitPlainly(form, button) {
  if (button?.name) {
    const { name, value } = button;
    form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  HTMLFormElement.prototype.submit.call(form);
}

/**
 * Write when a page of a draft sends, in its hidden field `version` (page, digest, showing, order), and return it: two
 * requests may arrive in the other order, and the first one then replaces nothing. An old page shown again sends later.
 */
export function stamped(form) {
  const { version } = form.elements;
  const [page, seen, showing, last = 0] = version.value.split(".");
  version.value = [page, seen, showing, Math.max(Date.now(), Number(last) + 1)].join(".");
  return version.value;
}
