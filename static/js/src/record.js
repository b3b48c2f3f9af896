/* The scan of a complaint on paper is shown beside the fields as soon as it is chosen; the fields wait for it. */
const choice = document.querySelector("input[name=fichiers]");
const look = document.querySelector("button[name=geste][value=lire]");
choice?.addEventListener("change", () => {
  if (!choice.files.length) return;
  look.click();
  setTimeout(() => (choice.form.inert = true));
});
addEventListener("pageshow", () => choice && (choice.form.inert = false));
if (document.querySelector(".beside__scan") && !document.querySelector("#erreurs")) {
  document.querySelector("input[name=recu_par]").focus({ preventScroll: true });
}
