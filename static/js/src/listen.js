/*
 * Reading a page aloud with the voices that the device holds. A voice that is not local sends each sentence to whoever
 * made the browser: it is never used. What is typed in a field, and codes, are never said.
 */
import { WITHIN, sentencesIn, voiceOf } from "./heard.js";

const speech = self.speechSynthesis;
const main = document.querySelector("[data-listen]");
const [LISTEN, STOP, GO_ON] = main.dataset.listen.split("|");
const MARK = "read-aloud";
const SPEAKER = "M3 9v6h4l5 4V5L7 9zM16 9a4 4 0 0 1 0 6M18.5 6a8 8 0 0 1 0 12";

/** Make a button with the picture of a voice; nothing that is sent holds it. */
function makeButton(kind, name) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `link-button listen ${kind}`;
  made.innerHTML = `<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="${SPEAKER}"/></svg><span></span>`;
  made.lastChild.textContent = name;
  return made;
}

/* A sheet of its own: most people bring neither these rules nor this script. */
const LOOK = `
  .listen { gap: 8px; vertical-align: top }
  .govuk-back-link + .listen { margin-inline-start: 24px }
  @media (scripting: enabled) {
    [data-listen] > .listen:first-child { position: absolute; margin-block-start: calc(-1 * var(--target)) }
  }
  :has(> .listen--one) { position: relative }
  .listen--one { position: absolute; inset-block-start: -11px; inset-inline-end: 0; justify-content: center }
  .listen--one:has(~ .govuk-checkboxes) { inset-block-start: 6px }
  .listen--one + :not(fieldset), .listen--one + fieldset > legend, .listen--one ~ .govuk-checkboxes { padding-inline-end: 52px }
  .listen--one[aria-pressed=true] { outline: 2px solid }
  ::highlight(${MARK}) { background: Mark; color: MarkText; text-decoration: underline }
`;

/** Dress what is made here; return whether this browser can. */
function dress() {
  if (!document.adoptedStyleSheets || !CSSStyleSheet.prototype.replaceSync || !CSS.supports("selector(:has(a))")) return false;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(LOOK);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return true;
}

const isDressed = dress();
const button = makeButton("", LISTEN);
let place = null; // where the reading of the page goes on
let current = null; // what is being said
let pressed = null; // the button of the question that is being read

/** Show which sentence is being said, where the browser can without a change in the page. */
function mark(range) {
  if (!self.Highlight) return;
  if (range) CSS.highlights.set(MARK, new Highlight(range));
  else CSS.highlights.delete(MARK);
}

/** Fall silent, and say what the button of the page does next. */
function rest() {
  const wasSpeaking = current;
  current = null;
  if (wasSpeaking) speech.cancel();
  pressed?.setAttribute("aria-pressed", false);
  pressed = null;
  button.lastChild.textContent = place ? GO_ON : LISTEN;
  mark(null);
}

/** Say the page from where it was left, or one part of it. */
function read(part) {
  const left = sentencesIn(part || main, part ? null : place);

  function next() {
    const sentence = left.shift();
    if (!part) place = sentence ? sentence.range : null;
    if (!sentence) return rest();
    const utterance = new SpeechSynthesisUtterance(sentence.said);
    utterance.voice = sentence.voice;
    utterance.lang = sentence.voice.lang;
    utterance.onend = () => current === utterance && next();
    utterance.onerror = () => current === utterance && rest();
    current = utterance;
    mark(sentence.range);
    sentence.range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
    speech.speak(utterance);
  }

  button.lastChild.textContent = STOP;
  next();
}

/** Give each question and the list of mistakes their own button, once somebody listens: nobody else has to pass them. */
function offerEach() {
  for (const part of main.querySelectorAll(".govuk-form-group, .govuk-error-summary")) {
    const title = part.querySelector("h2, legend, label");
    if (part.querySelector(":scope > .listen") || !title || title.matches(WITHIN)) continue;
    const one = makeButton("listen--one", "");
    one.setAttribute("aria-label", `${LISTEN} – ${title.textContent.trim()}`);
    one.setAttribute("aria-pressed", false);
    one.addEventListener("click", () => {
      const isSame = pressed === one;
      rest();
      if (isSame) return;
      pressed = one;
      one.setAttribute("aria-pressed", true);
      read(part);
    });
    part.prepend(one);
  }
}

const stop = () => current && rest();
button.addEventListener("click", () => {
  if (current) return stop();
  if (isDressed) offerEach();
  read();
});
document.addEventListener("input", stop);
addEventListener("pagehide", stop);
new MutationObserver(stop).observe(document.documentElement, { attributeFilter: ["hidden"] }); // who leaves fast hides it

/** Offer to listen when the device has a voice for this page. */
function offer() {
  const isMute = !voiceOf(document.documentElement.lang);
  for (const one of [button, ...main.querySelectorAll(".listen")]) one.hidden = isMute;
  if (isMute) stop();
}

speech.onvoiceschanged = offer;
offer();
const back = main.querySelector(":scope > .govuk-back-link");
if (back) back.after(" ", button);
else main.prepend(button);
