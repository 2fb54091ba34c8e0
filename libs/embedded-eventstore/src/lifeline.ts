const LOOK_EVERY_MS = 250;

/**
 * Tells when the process that started this one is gone: at once where it keeps an IPC channel, else (`watch`) by
 * looking whose child this process is. A killed parent so leaves no orphan that holds the log.
 */
export const whenParentEnds = (watch: boolean, listener: () => void): void => {
  if (process.connected) process.once('disconnect', listener);
  if (!watch) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    listener();
  }, LOOK_EVERY_MS);
  timer.unref();
};
