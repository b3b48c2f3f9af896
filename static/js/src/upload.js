/* Files go one after the other, each with its progress in words; one that fails never stops the others. Brought by the
   pages that keep each file as it comes (templates/parts/files.html). */

import { letGo, stamped, pressedOf } from "./pressing.js";

const MB = 1024 * 1024;
const HEAVIEST = 15 * MB;
const OFFERED_FROM = 4 * MB;
const SIDE = 2000;
/** What answers a form whose draft, follow-up or cookie is gone; another page may answer too. */
const CLOSED = [403, 404];

const shown = (size) => (size / MB).toFixed(1).replace(".", ",");
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const isTooHeavy = (file) => file.size > HEAVIEST;
const canShrink = (file) => "createImageBitmap" in self && file.type.startsWith("image/");

/** Draw a photo smaller; anything that cannot be drawn here is sent as it is. */
async function lighter(file) {
  try {
    const photo = await createImageBitmap(file, { imageOrientation: "from-image" });
    const ratio = Math.min(1, SIDE / Math.max(photo.width, photo.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(photo.width * ratio);
    canvas.height = Math.round(photo.height * ratio);
    canvas.getContext("2d").drawImage(photo, 0, 0, canvas.width, canvas.height);
    const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    if (!drawn || drawn.size >= file.size) return file;
    return new File([drawn], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file;
  }
}

/**
 * Post one file with what is typed; give the answer, or nothing when the line was cut. It fails when the page is
 * closed: no file goes there any more, and the plain form leads to what says so.
 */
function post(form, field, file, progress) {
  return new Promise((done, fail) => {
    if (form.dataset.autosave !== undefined) stamped(form);
    const body = new FormData(form);
    body.delete(field);
    body.set("ajouter", "oui");
    body.set(field, file);
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => progress(Math.floor((loaded * 100) / (total || 1)));
    request.onerror = request.onabort = request.ontimeout = () => done(null);
    request.onload = () => {
      const isHere = request.responseURL.split(/[?#]/)[0] === form.action.split(/[?#]/)[0];
      if (!isHere || CLOSED.includes(request.status)) fail(new Error(`${request.status} ${request.responseURL}`));
      else done([200, 409, 422].includes(request.status) ? request : null);
    };
    request.open("POST", form.action.split("#")[0]);
    request.send(body);
  });
}

/**
 * Read in the answer what is wrong with the file, its row if it is new, and whether the words are to be read again, for
 * others were kept since the page was shown.
 */
function read(answer, field) {
  const page = new DOMParser().parseFromString(answer.responseText, "text/html");
  const wrong = [...page.querySelectorAll(`.govuk-error-summary a[href="#${field}"]`)];
  const rows = [...page.querySelectorAll("#fichiers-ajoutes li")].map((row) => row.id);
  return {
    wrong: wrong.map((link) => link.textContent.trim()).join(" "),
    row: rows.find((id) => !document.getElementById(id)),
    past: answer.status === 409,
    page,
  };
}

function uploads(form, list) {
  const input = form.querySelector("input[type=file]");
  const said = form.querySelector("[data-uploads-said]");
  const words = list.dataset;
  let busy = false;
  let first = "fichiers-ajoutes";
  let isPast = false;
  let isBroken = false;
  let shownLast = null;
  const pressed = pressedOf(form);

  const tooHeavy = (file) => filled(words.heavy, { nom: file.name, x: shown(file.size) });

  /** Part what was chosen: the files that may go, and a sentence for those of which it is known that they cannot. */
  function parted() {
    const files = [...input.files];
    const lost = files.filter((file) => isTooHeavy(file) && !canShrink(file));
    const light = files.filter((file) => !lost.includes(file));
    const going = light.slice(0, Math.max(0, words.places ?? light.length));
    const beyond = light.slice(going.length).map((file) => file.name);
    const refused = lost.map(tooHeavy);
    if (beyond.length) refused.push(filled(words.beyond, { noms: beyond.join(", ") }));
    return { going, refused };
  }

  /** Say at once which files cannot go. */
  function refuse(sentences) {
    for (const sentence of sentences) tell(list.appendChild(document.createElement("p")), sentence, true);
    said.textContent = sentences.join(" ");
  }

  /** Offer a smaller version of each heavy photo that was chosen; one that is too heavy is made smaller unasked. */
  function offer() {
    list.textContent = "";
    const { going, refused } = parted();
    refuse(refused);
    for (const [place, file] of going.entries()) {
      if (file.size < OFFERED_FROM || isTooHeavy(file) || !canShrink(file)) continue;
      const item = document.createElement("div");
      item.className = "govuk-checkboxes__item";
      const box = Object.assign(document.createElement("input"), { type: "checkbox", id: `leger-${place}` });
      box.className = "govuk-checkboxes__input";
      box.dataset.place = place;
      const label = Object.assign(document.createElement("label"), { htmlFor: box.id });
      label.className = "govuk-label govuk-checkboxes__label";
      label.textContent = filled(words.lighter, { nom: file.name, x: shown(file.size) });
      item.append(box, label);
      list.append(item);
    }
  }

  function line(file) {
    const item = document.createElement("p");
    item.textContent = filled(words.progress, { nom: file.name, x: 0 });
    list.append(item);
    return item;
  }

  function tell(item, sentence, isWrong) {
    item.textContent = sentence;
    item.classList.toggle("govuk-error-message", Boolean(isWrong));
    said.textContent = sentence;
  }

  async function one(file, item) {
    const isMuch = file.size > (words.bytes ?? Infinity);
    const known = isTooHeavy(file) ? tooHeavy(file) : isMuch ? filled(words.full, { nom: file.name }) : "";
    if (known) {
      tell(item, known, true);
      return false;
    }
    const progress = (x) => (item.textContent = filled(words.progress, { nom: file.name, x }));
    const answer = await post(form, input.name, file, progress);
    if (!answer) {
      offerAgain(file, item);
      return false;
    }
    const { wrong, row, past, page } = read(answer, input.name);
    shownLast = page;
    const { places, bytes } = page.querySelector("[data-uploads]")?.dataset ?? {};
    if (places) Object.assign(words, { places, bytes });
    isPast ||= past;
    if (row && first === "fichiers-ajoutes") first = row;
    const isNamed = !wrong || wrong.includes(file.name);
    tell(item, (isNamed ? "" : `${file.name} – `) + (wrong || filled(words.added, { nom: file.name })), wrong);
    return !wrong;
  }

  /** Say that the line was cut, with a button that tries this file again. */
  function offerAgain(file, item) {
    tell(item, filled(words.broken, { nom: file.name }), true);
    const again = Object.assign(document.createElement("button"), { type: "button", className: "link-button" });
    again.textContent = filled(words.again, { nom: file.name });
    again.addEventListener("click", async () => {
      try {
        if ((await one(file, item)) && !list.querySelector(".govuk-error-message")) reload();
      } catch (surprise) {
        goPlainly(surprise, null);
      }
    });
    item.append(" ", again);
  }

  /** Show the page again, at the first file that is new. */
  function reload() {
    history.replaceState(null, "", `#${first}`);
    location.reload();
  }

  /** Send what was chosen, file after file; return whether the server took them all. */
  async function all() {
    const smaller = new Set([...list.querySelectorAll("input:checked")].map((box) => Number(box.dataset.place)));
    const { going, refused } = parted();
    list.textContent = "";
    refuse(refused);
    said.textContent = [...refused, words.begun].join(" ");
    first = "fichiers-ajoutes";
    let whole = !refused.length;
    for (const [place, file] of going.entries()) {
      const item = line(file);
      whole = (await one(smaller.has(place) || isTooHeavy(file) ? await lighter(file) : file, item)) && whole;
    }
    input.value = "";
    return whole;
  }

  /** Show the files that the server has, and lead to what it refused. */
  function showTroubles() {
    const [shown, fresh] = [form, shownLast].map((where) => where?.querySelector("[data-added]"));
    if (shown && fresh) shown.replaceWith(document.importNode(fresh, true));
    if (!document.title.startsWith(words.wrong)) document.title = `${words.wrong} ${document.title}`;
    list.querySelector(".govuk-error-message").scrollIntoView({ block: "center" });
    list.querySelector("button")?.focus();
  }

  /** Let the plain form go, for the script could not do its part. */
  function goPlainly(surprise, button) {
    console.warn(surprise);
    [busy, isBroken] = [false, true];
    letGo(form, button);
  }

  form.addEventListener("submit", async (event) => {
    if (busy) event.preventDefault();
    const button = pressed(event);
    const goesOn = !button?.name;
    if (busy || isBroken || !input.files.length || !(goesOn || button.name === "ajouter")) return;
    event.preventDefault();
    busy = true;
    try {
      const whole = await all();
      busy = false;
      if (!whole) showTroubles();
      else if (goesOn || isPast) letGo(form, button);
      else reload();
    } catch (surprise) {
      goPlainly(surprise, button);
    }
  });
  input.addEventListener("change", offer);
}

if (location.hash.startsWith("#fichier-")) document.getElementById(location.hash.slice(1))?.focus();
for (const list of document.querySelectorAll("[data-uploads]")) uploads(list.closest("form"), list);
