/* What the script adds. Every page works without it: each function only makes an action shorter or calmer. */
import { fillCode } from "./address.js";
import { startDraft } from "./draft.js";
import { leave, leaveByKeys } from "./leave.js";
import { offerListening } from "./voices.js";
import { Button, CharacterCount, Checkboxes, ErrorSummary, Radios } from "./kit.js";

const kit = [ErrorSummary, Radios, Checkboxes, CharacterCount, Button];

/** Start the components found under `root`; call again after a part of the page was replaced. */
function start(root) {
  for (const Kind of kit) {
    for (const element of root.querySelectorAll(`[data-module="${Kind.moduleName}"]`)) {
      if (!element.hasAttribute(`data-${Kind.moduleName}-init`)) attempt(() => new Kind(element));
    }
  }
  for (const element of root.querySelectorAll("[data-print], [data-copy]")) element.hidden = false;
}

/** One broken part must not stop the others. */
function attempt(action) {
  try {
    action();
  } catch (error) {
    console.error(error);
  }
}

/** Copy the text of the element named by `data-copy`, then say so. */
async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    say(button.nextElementSibling, button.dataset.copied);
  } catch {
    getSelection().selectAllChildren(source);
  }
}

/** Fill a live region again, so that the same words are read again. */
function say(region, words) {
  if (!region) return;
  region.textContent = "";
  setTimeout(() => (region.textContent = words), 50);
}

document.addEventListener("click", (event) => {
  const found = (selector) => event.target.closest?.(selector);
  const exit = found("[data-quick-exit]");
  if (exit) {
    event.preventDefault();
    leave(exit);
  } else if (found("[data-print]")) {
    print();
  } else if (found("[data-copy]")) {
    copy(found("[data-copy]"));
  }
});

/* A field that waits for no choice makes it: an address that is written says that e-mails are wanted. One that a choice
   opened makes none: another choice may have opened it. */
document.addEventListener("input", ({ target }) => {
  const box = target.closest(".govuk-checkboxes__conditional")?.previousElementSibling?.querySelector("[type=checkbox]");
  if (box && !box.matches("[aria-controls], [data-aria-controls]") && target.value.trim()) box.checked = true;
});

document.addEventListener("submit", (event) => {
  const region = event.target.querySelector("[data-sending]");
  if (region && !event.defaultPrevented) region.textContent = region.dataset.sending;
});

addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const region of document.querySelectorAll("[data-sending]")) region.textContent = "";
});

/* The class that the components look for; it also says to the style sheet that fields can be folded. */
document.body.classList.add("js-enabled", "govuk-frontend-supported");
start(document);
attempt(() => startDraft(document));
attempt(leaveByKeys);
attempt(offerListening);
attempt(fillCode);
addEventListener("hashchange", () => attempt(fillCode));
document.addEventListener("htmx:after:swap", () => start(document));
