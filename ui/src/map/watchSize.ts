/** Tells the size of an element in CSS pixels and the device pixels in each, now and whenever either changes. */
export function watchSize(
  element: HTMLElement,
  tell: (width: number, height: number, ratio: number) => void,
): () => void {
  const measure = () => tell(element.clientWidth, element.clientHeight, window.devicePixelRatio);
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  let resolution: MediaQueryList | null = null;
  // A media query names one ratio, so a new one is asked for after each change (another screen, browser zoom).
  const changed = () => {
    measure();
    listen();
  };
  const listen = () => {
    resolution?.removeEventListener("change", changed);
    resolution = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    resolution.addEventListener("change", changed);
  };
  measure();
  listen();
  return () => {
    observer.disconnect();
    resolution?.removeEventListener("change", changed);
  };
}
