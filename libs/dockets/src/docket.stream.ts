import { deriveId } from '@tempore/kernel';

/** Category of the streams of dockets: `docket-<id>`. */
export const DOCKET = 'docket';

/** One docket for each customer and product line: `lineKey` is one of the line's keys, as the catalogue has them. */
export const docketId = (accountId: string, lineKey: string): string => deriveId('docket', accountId, lineKey);
