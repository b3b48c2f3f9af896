/* A list by keys: `/` to search, `j` and `k` or the arrows from one line to the next. One press turns the letters off. */
const OFF = "raccourcis=non";
const MINUTE = 60000;
const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** Listen on the page of a list; `data-shortcuts` is the box that says the keys, and turns them on and off. */
function startRows(root) {
  const box = root.querySelector("[data-shortcuts]");
  if (!box) return;
  box.checked = !document.cookie.split("; ").includes(OFF);
  box.closest("[hidden]").hidden = false;
  box.addEventListener("change", () => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${OFF}; Max-Age=${box.checked ? 0 : 31536000}; Path=/; SameSite=Lax${secure}`;
  });
  document.addEventListener("keydown", (event) => onKey(event, box.checked));
}

/** Letters wait for the box (WCAG 2.1.4) and for a field to be left; arrows, for the focus to be in the list. */
function onKey(event, lettersAreOn) {
  const isTyped = event.key.length === 1;
  const isInField = event.target.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable]");
  if (event.ctrlKey || event.altKey || event.metaKey || isInField || (isTyped && !lettersAreOn)) return;
  const rows = [...document.querySelectorAll("[data-rows] th[scope=row] a")];
  const here = rows.findIndex((link) => link.closest("tr").contains(document.activeElement));
  let next;
  if (event.key === "/") next = document.querySelector("[type=search]");
  else if (STEPS[event.key] && (isTyped || here >= 0)) next = rows[here < 0 ? 0 : here + STEPS[event.key]];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Tell what came since the list was shown; the list does not move, and a tab that nobody sees asks for nothing. */
function startArrivals(root) {
  const timer = setInterval(async () => {
    const link = root.querySelector("[data-arrivals]");
    if (root.hidden || !link) return;
    const answer = await fetch(link.dataset.arrivals, { redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect") clearInterval(timer); // signed out
    const said = answer?.ok ? await answer.text() : "";
    if (!said || said === link.textContent) return;
    link.textContent = said;
    link.hidden = false;
  }, MINUTE);
}

/** A page of a search takes its own button away: the focus goes to the head of the lines that came. */
function startPages(root) {
  root.addEventListener("htmx:after:swap", () => {
    if (root.activeElement === root.body) root.querySelector("[data-rows]")?.parentElement.focus();
  });
}

startRows(document);
startPages(document);
startArrivals(document);
