import { deriveId, nameKey } from '@tempore/kernel';

/** Category of the streams of dockets: `docket-<id>`. */
export const DOCKET = 'docket';

/** One docket for each customer and product line, wherever the two are named, and however the line is spelled. */
export const docketId = (accountId: string, productLine: string): string =>
  deriveId('docket', accountId, nameKey(productLine));
