/**
 * The server's time, so that clocks run in step on every screen whatever the computer's own clock says.
 * The page carries the moment at which the server rendered it (`<meta name="server-time">`, in seconds); it is set
 * against the moment at which the browser received the first byte.
 */
let offset: number | undefined;

export function serverNow(): number {
  offset ??= measure();
  return Date.now() + offset;
}

/** Returns when the server made this page, in seconds since 1970; 0 when the page does not say. */
export function pageMade(): number {
  return Number(document.querySelector<HTMLMetaElement>('meta[name="server-time"]')?.content ?? 0);
}

function measure(): number {
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return pageMade() && page ? pageMade() * 1000 - (performance.timeOrigin + page.responseStart) : 0;
}

/** Calls `tick` now and at each full second until the returned function is called. */
export function everySecond(tick: () => void): () => void {
  let timer = 0;
  const run = () => {
    tick();
    timer = window.setTimeout(run, 1000 - (serverNow() % 1000));
  };
  run();
  return () => {
    window.clearTimeout(timer);
  };
}

/** Writes seconds as 04:05, 1:04:05 or −00:12. */
export function asClock(seconds: number): string {
  const whole = Math.abs(Math.trunc(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  const sign = seconds <= -1 ? "−" : "";
  return sign + (hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`);
}
