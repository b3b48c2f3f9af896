/* What is heard of a page: the sentences that it shows, each with the voice that says it. */
const speech = self.speechSynthesis;

/** What nobody hears: controls and what is in them, codes, pictures, what is folded or only told to screen readers. */
const UNHEARD = [
  "[hidden], [aria-hidden=true], input, select, textarea, progress, svg, audio, video, object, script, style, template",
  "dialog, .code, .govuk-back-link, .listen, details:not([open]) > :not(summary)",
  ".govuk-visually-hidden:not(.govuk-error-message > *)",
].join();

/** What stands apart from the words around it, though on their line; and what is with them, though out of sight. */
const APART = "br, button, .govuk-button";
export const WITHIN = ".govuk-visually-hidden";

/** Return the language and the country that a tag means; neither when it is none: some voices of a device bear odd ones. */
function likely(tag) {
  try {
    return new Intl.Locale(tag.replace(/_/g, "-")).maximize();
  } catch {
    return {};
  }
}

/** Return the best voice of the device for a language: of the country that its tag means first. */
export function voiceOf(tag) {
  const { language, region } = likely(tag);
  if (!language) return undefined;
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

/** Return each sentence of an element that a voice of the device can say, from a place on. */
export function sentencesIn(root, place) {
  const all = blocksOf(root).flatMap((block) => {
    const voice = voiceOf(block.lang);
    return voice ? [...sentencesOf(block)].map((sentence) => ({ ...sentence, voice })) : [];
  });
  return place ? all.filter(({ range }) => range.compareBoundaryPoints(Range.START_TO_START, place) >= 0) : all;
}
