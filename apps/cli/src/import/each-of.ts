/**
 * Works on items as they come, up to `width` of them at once, and takes no more when the signal is aborted or one has
 * failed. Ends when all that was begun has ended; then throws the first failure.
 */
export const forEachOf = async <Item>(
  items: AsyncIterable<Item>,
  work: (item: Item) => Promise<void>,
  { width, signal }: { readonly width: number; readonly signal: AbortSignal },
): Promise<void> => {
  const iterator = items[Symbol.asyncIterator]();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    try {
      for (;;) {
        const next = await iterator.next();
        if (next.done || signal.aborted || failures.length > 0) return;
        await work(next.value);
      }
    } catch (error) {
      failures.push(error);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  await iterator.return?.();
  if (failures.length > 0) throw failures[0];
};
