/* Files go one after the other, each with its progress in words; one that fails never stops the others. */

const MB = 1024 * 1024;
const HEAVIEST = 15 * MB;
const OFFERED_FROM = 4 * MB;
const SIDE = 2000;

const shown = (size) => (size / MB).toFixed(1).replace(".", ",");
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

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
 * Send one file with what is typed; give what the page says is wrong with it, the row of the file if it is new, and
 * whether the words are to be read again, for others were kept since the page was shown.
 */
function send(form, field, file, progress) {
  return new Promise((done, fail) => {
    const body = new FormData(form);
    body.delete(field);
    body.set("ajouter", "oui");
    body.set(field, file);
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => progress(Math.floor((loaded * 100) / (total || 1)));
    request.onerror = request.onabort = request.ontimeout = fail;
    request.onload = () => {
      if (![200, 409, 422].includes(request.status)) return fail();
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const wrong = [...page.querySelectorAll(`.govuk-error-summary a[href="#${field}"]`)];
      const rows = [...page.querySelectorAll("#fichiers-ajoutes > li")].map((row) => row.id);
      done({
        wrong: wrong.map((link) => link.textContent.trim()).join(" "),
        row: rows.find((id) => !document.getElementById(id)),
        past: request.status === 409,
      });
    };
    request.open("POST", form.action.split("#")[0]);
    request.send(body);
  });
}

function uploads(form, list) {
  const input = form.querySelector("input[type=file]");
  const said = form.querySelector("[data-uploads-said]");
  const words = list.dataset;
  let busy = false;
  let first = "fichiers-ajoutes";
  let isPast = false;

  /** Offer a smaller version of each heavy photo that was chosen. */
  function offer() {
    list.replaceChildren();
    if (!self.createImageBitmap) return;
    for (const [place, file] of [...input.files].entries()) {
      if (file.size < OFFERED_FROM || !file.type.startsWith("image/")) continue;
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
    item.textContent = filled(words.sending, { nom: file.name, x: 0 });
    list.append(item);
    return item;
  }

  function tell(item, sentence, isWrong) {
    item.textContent = sentence;
    item.classList.toggle("govuk-error-message", Boolean(isWrong));
    said.textContent = sentence;
  }

  async function one(file, item) {
    if (file.size > HEAVIEST) {
      tell(item, filled(words.heavy, { nom: file.name, x: shown(file.size) }), true);
      return false;
    }
    try {
      const progress = (x) => (item.textContent = filled(words.sending, { nom: file.name, x }));
      const { wrong, row, past } = await send(form, input.name, file, progress);
      isPast ||= past;
      if (row && first === "fichiers-ajoutes") first = row;
      tell(item, wrong || filled(words.added, { nom: file.name }), wrong);
      return !wrong;
    } catch {
      tell(item, filled(words.broken, { nom: file.name }), true);
      const again = Object.assign(document.createElement("button"), { type: "button", className: "link-button" });
      again.textContent = filled(words.again, { nom: file.name });
      again.addEventListener("click", async () => {
        if ((await one(file, item)) && !list.querySelector(".govuk-error-message")) reload();
      });
      item.append(" ", again);
      return false;
    }
  }

  /** Show the page again, at the first file that is new. */
  function reload() {
    history.replaceState(null, "", `#${first}`);
    location.reload();
  }

  form.addEventListener("submit", async (event) => {
    const pressed = event.submitter;
    const goesOn = !pressed?.name;
    if (busy) event.preventDefault();
    if (busy || !input.files.length || !(goesOn || pressed.name === "ajouter")) return;
    event.preventDefault();
    busy = true;
    const smaller = new Set([...list.querySelectorAll("input:checked")].map((box) => Number(box.dataset.place)));
    const files = [...input.files];
    list.replaceChildren();
    said.textContent = words.begun;
    let whole = true;
    for (const [place, file] of files.entries()) {
      const item = line(file);
      whole = (await one(smaller.has(place) ? await lighter(file) : file, item)) && whole;
    }
    input.value = "";
    busy = false;
    if (!whole) {
      list.querySelector(".govuk-error-message").scrollIntoView({ block: "center" });
      list.querySelector("button")?.focus();
    } else if (goesOn || isPast) form.requestSubmit(pressed);
    else reload();
  });
  input.addEventListener("change", offer);
}

export function startUploads(root) {
  if (location.hash.startsWith("#fichier-")) document.getElementById(location.hash.slice(1))?.focus();
  for (const list of root.querySelectorAll("[data-uploads]")) uploads(list.closest("form"), list);
}
