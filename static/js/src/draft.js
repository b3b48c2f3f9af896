/* What helps while a draft is written: the story saves itself, a shared device asks. */

const EVERY = 20_000;

/** Save the long text every 20 seconds and when the person leaves it; a line says when it was. */
function autosave(form) {
  const area = form.querySelector("textarea");
  const said = form.querySelector("[data-autosave-status]");
  let kept = area.value;
  let busy = false;

  async function save() {
    if (busy || area.value === kept) return;
    busy = true;
    const value = area.value;
    const body = new URLSearchParams(new FormData(form));
    body.set("enregistrement", "oui");
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
      const words = await answer.text();
      if (answer.ok) {
        kept = value;
        said.textContent = words;
      } else if (answer.status === 409) {
        said.textContent = words;
      } else if (answer.status !== 413) {
        said.textContent = said.dataset.cut;
      }
    } catch {
      said.textContent = said.dataset.cut;
    } finally {
      busy = false;
    }
  }

  setInterval(save, EVERY);
  area.addEventListener("blur", save);
  addEventListener("online", save);
}

/** Ask whether somebody is still there, five minutes before a shared device closes the draft. */
function watch(dialog) {
  const minute = 60_000;
  let timer;

  function rest() {
    clearTimeout(timer);
    timer = setTimeout(() => dialog.showModal(), Number(dialog.dataset.after) * minute);
  }

  const stay = dialog.querySelector("[data-stay]");
  stay.addEventListener("click", () => {
    dialog.close();
    const body = new URLSearchParams(new FormData(dialog.querySelector("form")));
    fetch(stay.dataset.stay, { method: "POST", body }).catch(() => {});
    rest();
  });
  rest();
}

export function startDraft(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) autosave(form);
  for (const dialog of root.querySelectorAll("dialog[data-after]")) watch(dialog);
}
