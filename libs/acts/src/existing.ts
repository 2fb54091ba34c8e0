import { account } from '@tempore/accounts';
import { document, maySee, type Viewer } from '@tempore/documents';
import { partner } from '@tempore/partners';

import type { Reads } from './act-log';

import { InvalidFields } from '@tempore/kernel';

/** Facts name customers and partners that there are: a slip of the pen would judge filings for ever. Throws `InvalidFields`. */
export const expectAccounts = async (log: Reads, field: string, ids: readonly string[]): Promise<void> => {
  const states = await Promise.all(ids.map(async (id) => (await log.read(account, id)).state.status));
  expectNone(
    field,
    ids.filter((_, index) => states[index] === 'none'),
    'account',
  );
};

/** The same of partners. Throws `InvalidFields`. */
export const expectPartners = async (log: Reads, field: string, ids: readonly string[]): Promise<void> => {
  const states = await Promise.all(ids.map(async (id) => (await log.read(partner, id)).state.status));
  expectNone(
    field,
    ids.filter((_, index) => states[index] === 'none'),
    'partner',
  );
};

/** The same of a document, which whoever names it may see. Throws `InvalidFields`. */
export const expectDocument = async (log: Reads, viewer: Viewer, field: string, id: string): Promise<void> => {
  const { state } = await log.read(document, id);
  expectNone(field, maySee(viewer, state) ? [] : [id], 'document');
};

const expectNone = (field: string, unknown: readonly string[], what: string): void => {
  if (unknown.length === 0) return;
  throw new InvalidFields([{ field, message: `names no ${what} that there is: ${unknown.join(', ')}` }]);
};
