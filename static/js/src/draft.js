/* What helps while a draft is written: what is typed saves itself, a shared device asks. */

import { stamped } from "./pressing.js";

const EVERY = 20_000;

/** The longest text that a browser still sends once its page is left (Fetch standard: 64 KiB). */
const LEAVING = 60_000;

/** Return what a form holds, its files and the moment apart. */
function held(form) {
  const body = new FormData(form);
  body.delete("version");
  for (const input of form.querySelectorAll("input[type=file]")) body.delete(input.name);
  return new URLSearchParams(body).toString();
}

/** Return what a page of trouble says: the draft is not open here any more. */
function troubleOf(page) {
  return new DOMParser().parseFromString(page, "text/html").querySelector("h1 + p")?.textContent;
}

/** What a person writes in: a choice is saved with the page that is left. */
const WRITTEN = "textarea, input:not([type=radio], [type=checkbox], [type=file])";

/** Save the form every 20 seconds and when the person leaves a text or the page; a line says when it was. */
function autosave(form) {
  const said = form.querySelector("[data-autosave-status]");
  let kept = held(form);
  let busy = false;
  let isSent = false;

  async function save() {
    const value = held(form);
    if (busy || isSent || value === kept) return;
    busy = true;
    const body = new URLSearchParams(value);
    body.set("version", stamped(form));
    body.set("enregistrement", "oui");
    const keepalive = value.length < LEAVING;
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error", keepalive });
      const words = await answer.text();
      if (answer.ok) {
        kept = value;
        said.textContent = words;
      } else if (answer.status === 409) {
        said.textContent = words;
      } else if (answer.status !== 413) {
        said.textContent = (answer.status === 404 && troubleOf(words)) || said.dataset.cut;
      }
    } catch {
      said.textContent = said.dataset.cut;
    } finally {
      busy = false;
    }
  }

  setInterval(save, EVERY);
  form.addEventListener("focusout", (event) => {
    // The button that comes next sends the whole page.
    if (event.target.matches(WRITTEN) && event.relatedTarget?.type !== "submit") save();
  });
  // Once every part of the form had its say: a press that is held back, to send files first, leaves no page.
  document.addEventListener("submit", (event) => {
    if (event.target !== form || event.defaultPrevented) return;
    isSent = true;
    stamped(form);
  });
  addEventListener("pageshow", () => (isSent = false));
  addEventListener("online", save);
  document.addEventListener("visibilitychange", save);
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
