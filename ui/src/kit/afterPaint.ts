/**
 * For what need not be seen in the same frame as the hand's deed: done once the frame under way has been painted. A
 * window that is not seen paints none; there it is done a little later all the same.
 */
const unseen = 200;

/** Answers how to call it off. */
export function afterPaint(work: () => void): () => void {
  let timer = window.setTimeout(done, unseen);
  // A timer that is set in a frame rings after its painting.
  const frame = window.requestAnimationFrame(() => {
    window.clearTimeout(timer);
    timer = window.setTimeout(done, 0);
  });
  function done(): void {
    window.cancelAnimationFrame(frame);
    work();
  }
  return () => {
    window.cancelAnimationFrame(frame);
    window.clearTimeout(timer);
  };
}
