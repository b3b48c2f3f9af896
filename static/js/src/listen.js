/*
 * Reading a page aloud with the voices that the device holds. A voice that is not local sends each sentence to whoever
 * made the browser: it is never used. What is typed in a field, and codes, are never said.
 */
const speech = self.speechSynthesis;
const main = document.querySelector("[data-listen]");
const [LISTEN, STOP, GO_ON] = main.dataset.listen.split("|");
const MARK = "read-aloud";
const SPEAKER = "M3 9v6h4l5 4V5L7 9zM16 9a4 4 0 0 1 0 6M18.5 6a8 8 0 0 1 0 12";

/** What nobody hears: controls and what is in them, codes, pictures, what is folded or only told to screen readers. */
const UNHEARD = [
  "[hidden], [aria-hidden=true], input, select, textarea, progress, svg, audio, video, object, script, style, template",
  "dialog, .code, .govuk-back-link, .listen, details:not([open]) > :not(summary)",
  ".govuk-visually-hidden:not(.govuk-error-message > *)",
].join();

/** What stands apart from the words around it, though on their line; and what is with them, though out of sight. */
const APART = "br, button, .govuk-button";
const WITHIN = ".govuk-visually-hidden";

const likely = (tag) => new Intl.Locale(tag.replace(/_/g, "-")).maximize();

/** Return the best voice of the device for a language: of the country that its tag means first. */
function voiceOf(tag) {
  if (!tag) return undefined;
  const { language, region } = likely(tag);
  const local = speech.getVoices().filter((voice) => voice.localService && likely(voice.lang).language === language);
  return local.find((voice) => likely(voice.lang).region === region) || local[0];
}

/** Cut what is shown under an element into blocks of text, each in one language. */
function blocksOf(root) {
  const blocks = [];
  let block = null;

  function walk(element, lang) {
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        if (block?.lang !== lang) blocks.push((block = { lang, texts: [] }));
        block.texts.push(node);
      } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(UNHEARD)) {
        const { display, visibility } = getComputedStyle(node);
        if (display === "none" || visibility === "hidden") continue;
        const isInline = node.matches(WITHIN) || (display.startsWith("inline") && !node.matches(APART));
        if (!isInline) block = null;
        walk(node, node.getAttribute("lang") ?? lang);
        if (!isInline) block = null;
      }
    }
  }

  walk(root, document.documentElement.lang);
  return blocks;
}

/** Return the part of the page that goes from one character of a block to another. */
function rangeOf(texts, from, to) {
  const range = document.createRange();
  let past = 0;
  for (const text of texts) {
    const end = past + text.length;
    if (past <= from && from < end) range.setStart(text, from - past);
    if (past < to && to <= end) range.setEnd(text, to - past);
    past = end;
  }
  return range;
}

/** Cut a block into sentences, where the browser knows them. */
function* sentencesOf({ lang, texts }) {
  const whole = texts.map((text) => text.data).join("");
  const cut = Intl.Segmenter && new Intl.Segmenter(lang, { granularity: "sentence" });
  for (const { segment, index } of cut ? cut.segment(whole) : [{ segment: whole, index: 0 }]) {
    const words = segment.trim();
    if (!/[\p{L}\p{N}]/u.test(words)) continue;
    const from = index + segment.indexOf(words);
    const said = words.replace(/\s+/g, " ").replace(/\u2011/g, "-");
    yield { said, range: rangeOf(texts, from, from + words.length) };
  }
}

/** Return each sentence that a voice of the device can say, from a place on. */
function sentencesFrom(place) {
  const all = blocksOf(main).flatMap((block) => {
    const voice = voiceOf(block.lang);
    return voice ? [...sentencesOf(block)].map((sentence) => ({ ...sentence, voice })) : [];
  });
  return place ? all.filter(({ range }) => range.compareBoundaryPoints(Range.START_TO_START, place) >= 0) : all;
}

const button = document.createElement("button");
button.type = "button";
button.className = "link-button listen";
const picture = `<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="${SPEAKER}"/></svg>`;
button.innerHTML = `${picture}<span></span>`;
const name = button.querySelector("span");

/* A sheet of its own: most people bring neither these rules nor this script. */
const LOOK = `
  .listen { gap: 8px; vertical-align: top }
  .govuk-back-link + .listen { margin-inline-start: 24px }
  ::highlight(${MARK}) { background: Mark; color: MarkText; text-decoration: underline }
`;
if (document.adoptedStyleSheets && CSSStyleSheet.prototype.replaceSync) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(LOOK);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

let place = null;
let current = null;

/** Show which sentence is being said, where the browser can without a change in the page. */
function mark(range) {
  if (!self.Highlight) return;
  if (range) CSS.highlights.set(MARK, new Highlight(range));
  else CSS.highlights.delete(MARK);
}

/** Fall silent, and keep the place where to go on. */
function rest(at) {
  place = at;
  name.textContent = at ? GO_ON : LISTEN;
  mark(null);
  if (!current) return;
  current = null;
  speech.cancel();
}

function read() {
  const left = sentencesFrom(place);

  function next() {
    const sentence = left.shift();
    if (!sentence) return rest(null);
    const utterance = new SpeechSynthesisUtterance(sentence.said);
    utterance.voice = sentence.voice;
    utterance.lang = sentence.voice.lang;
    utterance.onend = () => current === utterance && next();
    utterance.onerror = () => current === utterance && rest(place);
    place = sentence.range;
    current = utterance;
    mark(place);
    place.startContainer.parentElement.scrollIntoView({ block: "nearest" });
    speech.speak(utterance);
  }

  name.textContent = STOP;
  next();
}

const stop = () => current && rest(place);
button.addEventListener("click", () => (current ? stop() : read()));
document.addEventListener("input", stop);
addEventListener("pagehide", stop);
new MutationObserver(stop).observe(document.documentElement, { attributeFilter: ["hidden"] }); // who leaves fast hides it

/** Offer to listen when the device has a voice for this page. */
function offer() {
  button.hidden = !voiceOf(document.documentElement.lang);
  if (button.hidden) stop();
}

rest(null);
speech.onvoiceschanged = offer;
offer();
const back = main.querySelector(":scope > .govuk-back-link");
if (back) back.after(" ", button);
else main.prepend(button);
