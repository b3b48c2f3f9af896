/* What only a browser can tell of a page: places, sizes, the focus. Each function gives the faults that it found. */
(() => {
  const box = (one) => one.getBoundingClientRect();
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && box(one).width > 1;
  const name = (one) => `${one.tagName.toLowerCase()}#${one.id || one.name || one.textContent.trim().slice(0, 30)}`;
  const isChoice = (one) => one.type === "radio" || one.type === "checkbox";
  /* The label of a choice covers its whole frame. */
  const target = (one) => (isChoice(one) && one.closest(".govuk-radios__item, .govuk-checkboxes__item")) || one;
  const TABBABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const all = (selector) =>
    [...document.querySelectorAll(selector)].filter((one) => shown(one) && one.type !== "hidden" && !one.disabled);

  /* Give the focus back, to what may not take it by itself: the top of the page, a summary of errors. */
  function restore(one, tabindex) {
    one.setAttribute("tabindex", tabindex ?? "-1");
    one.focus();
    if (tabindex === null) one.removeAttribute("tabindex");
  }

  function focus() {
    const faults = [];
    const was = document.activeElement;
    const tabindex = was.getAttribute("tabindex");
    for (const one of all(TABBABLE)) {
      if (one.tabIndex < 0) continue;
      one.focus({ focusVisible: true });
      if (document.activeElement !== one) {
        faults.push(`K2: ${name(one)} cannot be focused`);
        continue;
      }
      const styles = [one, target(one), one.parentElement].flatMap((each) =>
        [null, "::before", "::after"].map((part) => getComputedStyle(each, part)),
      );
      const ring = Math.max(...styles.map((s) => (s.outlineStyle === "none" ? 0 : parseFloat(s.outlineWidth))));
      if (ring < 2) faults.push(`K3: the focus of ${name(one)} is not seen`);
      const { left, top, width, height } = box(one);
      const there = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
      if (!there || !(one.contains(there) || target(one).contains(there))) {
        faults.push(`K4: ${name(one)} is covered by ${there ? name(there) : "the edge of the screen"}`);
      }
    }
    restore(was, tabindex);
    return faults;
  }

  function place(thumb) {
    const faults = [];
    for (const one of all("main button, main .govuk-button, main input, main select, main textarea, header a, summary")) {
      const { height } = box(target(one));
      if (one.tabIndex >= 0 && height < thumb - 0.5) faults.push(`K5: ${name(one)} is ${height} px high`);
    }
    for (const label of all("label")) {
      const one = label.control;
      if (!one || !shown(one)) continue;
      const [words, field] = [box(label), box(one)];
      const isBefore = document.documentElement.dir === "rtl" ? field.right > words.right : field.left < words.left;
      const isRight = isChoice(one) ? isBefore : words.bottom <= field.top + 1;
      if (!isRight) faults.push(`F3: the label of ${name(one)} is not where it is looked for`);
    }
    return faults;
  }

  function size([rule, id]) {
    const faults = [];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rule);
    document.adoptedStyleSheets = [sheet];
    if (document.documentElement.scrollWidth > innerWidth) faults.push(`${id}: the page scrolls sideways`);
    for (const one of document.querySelectorAll("main *, header *, footer *")) {
      const style = getComputedStyle(one);
      const isKept = style.overflow === "hidden" && style.position !== "absolute" && one.textContent.trim();
      if (isKept && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)) {
        faults.push(`${id}: ${name(one)} is cut`);
      }
    }
    document.adoptedStyleSheets = [];
    return faults;
  }

  /* Titles whose words are cut without a hyphen, when text is as large as this rule makes it. Chinese has no spaces. */
  function words([rule, id]) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`${rule} * { hyphens: manual !important; }`);
    document.adoptedStyleSheets = [sheet];
    const faults = [];
    const range = document.createRange();
    for (const one of all("h1, h2, h3, legend, .govuk-label--l, .govuk-button")) {
      const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode;
        if (text.parentElement.closest(".govuk-visually-hidden, :lang(zh)")) continue;
        for (const { 0: word, index } of text.data.matchAll(/[\p{L}\p{M}\p{N}’'\u00ad]+/gu)) {
          if (word.includes("\u00ad")) continue;
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          const lines = new Set([...range.getClientRects()].map((rect) => Math.round(rect.top)));
          if (lines.size > 1) faults.push(`${id}: “${word}” is cut in ${name(one)}`);
        }
      }
    }
    document.adoptedStyleSheets = [];
    return faults;
  }

  /* What axe is told by styles whatever the rule: which elements are there, and where one may look for them. A table that
     is as wide as its screen is another table to axe. */
  function layout() {
    return [...document.querySelectorAll("*")]
      .map((one) => {
        const style = getComputedStyle(one);
        const wide = one.tagName === "TABLE" && innerWidth;
        const there = [style.display === "none", style.visibility, style.position, style.clip, style.clipPath];
        return [...there, style.opacity === "0", wide].join();
      })
      .join(";");
  }

  /* All that a page is: what is written, and the state that no one writes. */
  function written() {
    const everything = [...document.querySelectorAll("*")];
    const checked = everything.map((one) => (one.checked ? 1 : 0)).join("");
    return [document.documentElement.outerHTML, checked, everything.indexOf(document.activeElement)].join("\n");
  }

  return { focus, layout, place, size, words, written };
})()
