/* What is masked for the professional: words taken from the page, a rectangle drawn on a picture. The fields work without. */

/** Write in a field the words that are selected in what leaves. */
function startSelection(root) {
  const button = root.querySelector("[data-take-selection]");
  if (!button) return;
  const field = document.getElementById(button.dataset.takeSelection);
  const source = root.querySelector("[data-selectable]");
  let words = "";
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const isInside = chosen.rangeCount && source.contains(chosen.getRangeAt(0).commonAncestorContainer);
    if (isInside && !chosen.isCollapsed) words = chosen.toString().trim();
  });
  button.closest("[hidden]").hidden = false;
  button.addEventListener("click", () => {
    if (words) field.value = words;
    field.focus();
  });
}

const percent = (part, whole) => Math.min(100, Math.max(0, (100 * part) / whole));

/** Draw on a picture: the four numbers and the choice of the picture follow. */
function startDrawing(root) {
  const hint = root.querySelector("[data-drawing]");
  if (!hint) return;
  hint.hidden = false;
  const fields = ["gauche", "haut", "largeur", "hauteur"].map((name) => document.getElementById(name));
  const frame = document.createElement("span");
  frame.className = "masking__area";
  for (const picture of root.querySelectorAll("[data-picture]")) {
    let from = null;
    const at = (event) => {
      const box = picture.getBoundingClientRect();
      return [percent(event.clientX - box.left, box.width), percent(event.clientY - box.top, box.height)];
    };
    const draw = (to) => {
      const starts = from.map((one, n) => Math.floor(Math.min(one, to[n])));
      const sides = from.map((one, n) => Math.max(1, Math.ceil(Math.max(one, to[n])) - starts[n]));
      [...starts, ...sides].forEach((value, n) => (fields[n].value = value));
      document.getElementById("image").value = picture.dataset.picture;
      ["left", "top", "width", "height"].forEach((side, n) => (frame.style[side] = `${[...starts, ...sides][n]}%`));
    };
    picture.classList.add("masking__picture--drawn");
    picture.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      picture.setPointerCapture(event.pointerId);
      from = at(event);
      picture.append(frame);
      draw(from);
    });
    picture.addEventListener("pointermove", (event) => from && draw(at(event)));
    for (const name of ["pointerup", "pointercancel"]) picture.addEventListener(name, () => (from = null));
  }
}

startSelection(document);
startDrawing(document);
