/* What a hand on the keyboard or on the screen asks a page: where the focus is, what is ahead, what is under the finger. */
(() => {
  const MAIN_BUTTON = ".govuk-button:not(.govuk-button--secondary)";
  const box = (one) => one.getBoundingClientRect();
  const isChoice = (one) => one.type === "radio" || one.type === "checkbox";
  const said = (one) => (one.innerText || "").trim();
  const shown = (one) => one.checkVisibility({ visibilityProperty: true });

  function here() {
    /* A page that is only beginning has no focus yet, or no element at all. */
    const one = document.activeElement || document.documentElement || document.createElement("html");
    return {
      tag: one.tagName, type: one.type || "", name: one.name || "", value: one.value || "", checked: !!one.checked,
      text: said(one), main: !!one.closest("main"), primary: one.matches(MAIN_BUTTON),
    };
  }

  /* A group of radio buttons has one stop: that which is checked, or else the first. */
  function stops(radio) {
    const group = [...document.querySelectorAll("[type=radio]")].filter((one) => one.name === radio.name);
    return radio === (group.find((one) => one.checked) || group[0]) && !group.includes(document.activeElement);
  }

  /* How many presses of Tab surely do not reach yet what may be wanted: a field, what unfolds, the main button, words. */
  function ahead({ fields, words }) {
    const from = document.activeElement || document.body;
    const isAfter = (one) => from === document.body || from.compareDocumentPosition(one) & 4;
    let presses = 0;
    for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
      if (!isAfter(one) || one.tabIndex < 0 || one.disabled || one.type === "hidden" || !shown(one)) continue;
      if (fields && one.closest("main")) {
        const values = fields[one.name];
        if (values && (one.type !== "checkbox" || values.includes(one.value))) return presses;
        if (one.tagName === "SUMMARY" || one.matches(MAIN_BUTTON)) return presses;
      } else if (words && said(one).split(/\s+/).join(" ") === words) return presses;
      if (one.type !== "radio" || stops(one)) presses += 1;
    }
    return 0;
  }

  /* Where a finger may touch what is seen, once it is in the middle of the screen; nowhere while something covers it. */
  function aim(one) {
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = box(one);
    const at = [left + width / 2, top + height / 2];
    const there = document.elementFromPoint(...at);
    return [one, ...(one.labels || [])].some((each) => each.contains(there)) ? at : null;
  }

  function control(name, value) {
    const all = [...document.querySelectorAll("main [name]:not([type=hidden])")].filter((one) => one.name === name);
    return all.find((one) => isChoice(one) && one.value === value) || all[0];
  }

  const seen = (one) => !!one && shown(one) && box(one).width > 0 && box(one).height > 0;

  /* Which of these fields is seen first, and what it is. */
  function first(fields) {
    const turn = fields.findIndex(([name, value]) => seen(control(name, value)));
    const one = turn < 0 ? null : control(...fields[turn]);
    return { turn, list: !!one && one.tagName === "SELECT", choice: !!one && isChoice(one) };
  }

  /* Where to touch a field, and whether it has answered. */
  function field([name, value]) {
    const one = control(name, value);
    const done = isChoice(one) ? one.checked : one === document.activeElement;
    return { done, here: true, at: done ? null : aim(one) };
  }

  /* Where to touch what folds these fields away, from the outside in, until one is seen. */
  function unfold(fields) {
    if (first(fields).turn >= 0) return { done: true };
    const folded = fields.map(([name, value]) => control(name, value)?.closest("details:not([open])")).find(Boolean);
    let outer = folded;
    while (outer?.parentElement.closest("details:not([open])")) outer = outer.parentElement.closest("details:not([open])");
    return { done: false, here: !!folded, at: folded ? aim(outer.querySelector("summary")) : null };
  }

  return { ahead, field, first, here, unfold };
})()
