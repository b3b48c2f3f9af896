/* The components of govuk-frontend that we use, with three changes of ours. */
import { Button as Pressed } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount as Count } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes as Boxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { Radios as Rounds } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";

const isFolded = (field) => field.closest("[hidden]") !== null;

/**
 * Fold with the `hidden` attribute too: it holds without the style sheet. What is folded is not sent, for the choice that
 * asks for it was taken back; it comes back as typed with the choice. Several choices may open the same fields: one is
 * enough. A radio may not carry `aria-expanded`.
 */
const folding = (Base) =>
  class extends Base {
    syncConditionalRevealWithInputState(input) {
      super.syncConditionalRevealWithInputState(input);
      const target = document.getElementById(input.getAttribute("aria-controls"));
      if (target) {
        const openers = [...document.querySelectorAll(`[aria-controls="${target.id}"]`)];
        target.hidden = !openers.some((one) => one.checked);
        target.classList.toggle(`${target.classList[0]}--hidden`, target.hidden);
        for (const field of target.querySelectorAll("input, select, textarea")) field.disabled = isFolded(field);
      }
      if (input.type === "radio") input.removeAttribute("aria-expanded");
    }
  };

/** Count as the server does: signs as people see them, one mark for the end of a line. */
class CharacterCount extends Count {
  updateCount() {
    this.count = [...this.$textarea.value.trim().normalize()].length;
  }
}

/** Swallow a press that follows another at once, unless something was written or chosen between: it sends that. */
class Button extends Pressed {
  constructor(root) {
    super(root);
    root.form?.addEventListener("input", () => {
      clearTimeout(this.debounceFormSubmitTimer);
      this.debounceFormSubmitTimer = null;
    });
  }
}

const Radios = folding(Rounds);
const Checkboxes = folding(Boxes);

export { Button, CharacterCount, Checkboxes, ErrorSummary, Radios };
