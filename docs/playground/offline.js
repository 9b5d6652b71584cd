// Keeps the page for a time without a network, where it is served and not opened as a file.

let kept = null;

/** Registers what answers without a network; `algebra` says that its parts are in use, and are kept too. */
export async function keepOffline(algebra) {
  if (!("serviceWorker" in navigator) || !location.protocol.startsWith("http")) return;
  if (kept === algebra) return;
  kept = algebra;
  try {
    await navigator.serviceWorker.register("offline-worker.js");
    if (algebra) (await navigator.serviceWorker.ready).active.postMessage("algebra");
  } catch {
    // without it the page needs the network again, and is otherwise the same
  }
}
