/* What reads a page aloud (listen.js) is brought only to a device that has voices; some tell theirs late. */

export function offerListening() {
  const speech = self.speechSynthesis;
  if (!speech || !document.querySelector("[data-listen]")) return;
  const bring = () => speech.getVoices().length && import(LISTEN).catch(() => {});
  speech.onvoiceschanged = bring;
  bring();
}
