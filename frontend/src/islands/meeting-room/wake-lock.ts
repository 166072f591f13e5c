/** Keeps the screen on while `isWanted` says so: nobody touches a keyboard while listening. */
export function keepAwake(isWanted: () => boolean, until: AbortSignal): void {
  if (!("wakeLock" in navigator)) return;
  let lock: WakeLockSentinel | null = null;
  const look = () => {
    if (isWanted() && document.visibilityState === "visible" && (lock?.released ?? true)) {
      navigator.wakeLock.request("screen").then((given) => (lock = given), () => undefined);
    } else if (!isWanted()) void lock?.release();
  };
  const timer = setInterval(look, 5000);
  until.addEventListener("abort", () => {
    clearInterval(timer);
    void lock?.release();
  });
}
