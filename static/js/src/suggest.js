/* Suggestions under a field while one types (ARIA 1.2, combobox with a list). The field works without them. */
const SHORTEST = 2;
const PAUSE = 200;

/** Make an element with its attributes and its words. */
function make(tag, attributes, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

/** Offer what the address of `data-suggest` answers; the line that is chosen is written in the field. */
function suggest(field) {
  const { suggest: address, title, one, several } = field.dataset;
  const id = `${field.id}-liste`;
  const list = make("ul", { id, class: "suggestions", role: "listbox", "aria-label": title });
  const said = make("p", { class: "govuk-visually-hidden", role: "status" });
  const role = { role: "combobox", "aria-autocomplete": "list", "aria-controls": id };
  for (const [name, value] of Object.entries(role)) field.setAttribute(name, value);
  let at = -1;
  let turn = 0;
  let written = field.value;

  /** Mark one line, or none with -1. */
  function mark(to) {
    at = to;
    field.removeAttribute("aria-activedescendant");
    [...list.children].forEach((line, n) => {
      line.setAttribute("aria-selected", n === at);
      if (n === at) field.setAttribute("aria-activedescendant", line.id);
    });
  }

  function show(rows) {
    list.textContent = "";
    rows.forEach(({ value, label }, n) => {
      const line = make("li", { id: `${id}-${n}`, role: "option", dir: "auto" }, label || value);
      line.addEventListener("click", () => choose(value));
      list.appendChild(line);
    });
    list.hidden = !rows.length;
    field.setAttribute("aria-expanded", !list.hidden);
    said.textContent = rows.length > 1 ? several.replace("%{n}", rows.length) : rows.length ? one : "";
    mark(-1);
  }

  function close() {
    turn += 1;
    show([]);
  }

  /** Write a line in the field, and tell whoever follows what is typed. */
  function choose(value) {
    field.value = written = value;
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function ask(mine) {
    const text = field.value.trim();
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(text)}`);
      const rows = answer.ok ? await answer.json() : [];
      if (mine === turn) show(rows);
    } catch {
      if (mine === turn) show([]);
    }
  }

  field.addEventListener("input", () => {
    if (field.value === written) return;
    written = field.value;
    const mine = (turn += 1);
    if (written.trim().length < SHORTEST) show([]);
    else setTimeout(() => mine === turn && ask(mine), PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const lines = list.children;
    if (list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(((at + 2 + step + lines.length) % (lines.length + 1)) - 1);
    else if (event.key === "Enter" && at >= 0) lines[at].click();
    else if (event.key === "Escape") return close();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  field.after(list, said);
  show([]);
}

function startSuggestions(root) {
  for (const field of root.querySelectorAll("[data-suggest]")) suggest(field);
}

startSuggestions(document);
