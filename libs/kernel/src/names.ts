/** What of a name tells it from others: neither case, nor width, nor spacing, nor signs that nobody sees. */
export const nameKey = (name: string): string =>
  name.normalize('NFKC').replaceAll(/\p{C}/gu, '').replaceAll(/\s+/gu, ' ').trim().toLowerCase();

/** Whether two spellings are of one name. */
export const sameName = (a: string, b: string): boolean => a === b || nameKey(a) === nameKey(b);
