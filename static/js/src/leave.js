/* Leaving fast: three presses on Esc in a row do what « Quitter vite » does. */
const ROW = 3;
const MOST_BETWEEN = 1500;

/** Replace the page by the neutral site: nothing else opens, and this page leaves the list of « back ». */
export function leave(link) {
  document.documentElement.hidden = true;
  location.replace(link.href);
}

/** Count the presses; another key, or a pause, starts again. A key held down counts once. */
export function leaveByKeys() {
  let [pressed, last] = [0, 0];
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    const inTime = event.timeStamp - last < MOST_BETWEEN;
    pressed = event.key === "Escape" ? (inTime ? pressed : 0) + 1 : 0;
    last = event.timeStamp;
    const link = document.querySelector("[data-quick-exit]");
    if (pressed >= ROW && link) leave(link);
  });
}
