/* Suggestions under a field while one types (ARIA 1.2, combobox with a list). The field works without them. */
const SHORTEST = 2;
const PAUSE = 200;
const MOST = 10;

/** Make an element with its attributes and its words. */
function make(tag, attributes, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

/** Write words without accents nor capitals, and without what joins them. */
function bare(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").replace(/[-'’]/g, " ");
}

/** Answer with what an address knows. */
function asked(address) {
  return async (text) => {
    const answer = await fetch(`${address}?q=${encodeURIComponent(text)}`);
    return answer.ok ? answer.json() : [];
  };
}

/** Answer with the choices of a list of the page whose words hold all those that are typed. */
function among(list) {
  const options = [...list.options].filter((option) => option.value);
  return (text) => {
    const words = bare(text).split(/\s+/).filter(Boolean);
    const found = options.filter((option) => words.every((word) => bare(option.text).includes(word)));
    return found.slice(0, MOST).map((option) => ({ value: option.text, option }));
  };
}

/** Offer what an address or a list of the page answers; the line that is chosen is written in the field. */
function suggest(field) {
  const { suggest: address, suggestFrom: from, title, one, several, chosen } = field.dataset;
  const choices = from && document.getElementById(from);
  if (!address && !choices) return;
  const answers = choices ? among(choices) : asked(address);
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
    rows.forEach((row, n) => {
      const line = make("li", { id: `${id}-${n}`, role: "option", dir: "auto" }, row.label || row.value);
      line.addEventListener("click", () => choose(row));
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

  /** Write a line in the field, choose it in the list, and tell whoever follows what is typed. */
  function choose({ value, option }) {
    field.value = written = value;
    close();
    if (option) {
      choices.value = option.value;
      choices.dispatchEvent(new Event("change", { bubbles: true }));
      said.textContent = chosen.replace("%{name}", value);
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function ask(mine) {
    const text = field.value.trim();
    try {
      const rows = await answers(text);
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
  for (const field of root.querySelectorAll("[data-suggest], [data-suggest-from]")) suggest(field);
}

startSuggestions(document);
