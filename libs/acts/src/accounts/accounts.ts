import {
  ACCOUNT,
  account,
  accountEvents,
  type AccountKey,
  accountOpened,
  type AccountOpening,
  parentInCircle,
} from '@tempore/accounts';
import type { Submission } from '@tempore/deals';
import { insistOn, type Outcome } from '@tempore/event-store';
import { catalogueOf, decode, type DomainEvent, Refusal } from '@tempore/kernel';
import { addAccountKey, openAccount } from '@tempore/processes';

import { type Act, type Doing, metaOf, partOf, unconditional } from '../act';
import type { Reads } from '../act-log';
import { expectAccounts } from '../existing';
import type { Means } from '../means';
import { tell } from '../tell';
import { accountLog } from './account-log';
import { customerOf } from './customer-of';
import { customerNamedBy } from './named-customer';

const catalogue = catalogueOf(...accountEvents);

/** What of a customer's stream one command left there. */
type AccountDone = Omit<Outcome<DomainEvent>, 'after'>;

interface OpeningDone {
  readonly id: string;
  /** By this act; else the customer was open. */
  readonly opened: boolean;
  readonly outcome: AccountDone;
}

/** Opens a customer, or finds the one that its keys name. Throws `ACCOUNT_KEYS_DISAGREE`. */
export const openCustomer: Doing<{ readonly opening: AccountOpening }, OpeningDone> = async (
  means,
  act,
  { opening },
) => {
  const { log } = act;
  const { ifRevision, ...meta } = metaOf(act);
  if (ifRevision !== undefined) insistOn(ifRevision, 'none');
  const accountId = means.ids.ofAccount(meta.commandId);
  const { state } = await log.read(account, accountId);
  if (state.status === 'open') {
    // The runner answers a repeat, and refuses another request under its key.
    const command = { type: 'OpenAccount', data: opening } as const;
    return { id: accountId, opened: true, outcome: await log.run(account, accountId, command, meta, {}) };
  }
  const id = await openAccount(accountLog(log, accountId, meta), { accountId, opening });
  const outcome = await leftBy(means, id, meta.commandId, false);
  // By another's help under its own id, or, before ids were made with a key, by this command under another.
  const opened = id === accountId || outcome.events.some(({ type }) => type === accountOpened.type);
  return { id, opened, outcome };
};

/**
 * The customer of a filing, opened where nobody has named it before. Where its keys name two, the filing goes to the
 * registry number's, and the other is kept beside it for a person to look at: which customers there are, and that somebody
 * else named one, is nothing that a partner learns.
 */
export const openedFor = async (means: Means, act: Act, dealId: string, submission: Submission): Promise<string> => {
  const opening = customerOf(submission);
  // A draft may name another customer when it is submitted again under the same key.
  const part = unconditional(partOf(act, `customer:${JSON.stringify(opening)}`));
  const accountId = means.ids.ofAccount(part.meta.commandId);
  try {
    return await openAccount(accountLog(act.log, accountId, metaOf(part)), { accountId, opening });
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'ACCOUNT_KEYS_DISAGREE')) throw error;
    const named = await customerNamedBy(act.log, opening.keys);
    if (!named) throw error;
    for (const { key, accountId: otherId } of named.others) {
      const noting = unconditional(partOf(act, `key-conflict:${otherId}`));
      await tell(noting, account, named.accountId, { type: 'NoteKeyConflict', data: { dealId, key, otherId } }, {});
    }
    return named.accountId;
  }
};

interface OfCustomer {
  readonly id: string;
}

/** Gives an open customer one more key. Throws `ACCOUNT_NOT_FOUND` or `ACCOUNT_KEY_TAKEN`. */
export const addCustomerKey: Doing<OfCustomer & { readonly key: AccountKey }, AccountDone> = async (
  means,
  act,
  { id, key },
) => {
  const { ifRevision, ...meta } = metaOf(act);
  const before = await leftBy(means, id, meta.commandId, true);
  const command = { type: 'AddAccountKey', data: { key } } as const;
  // The runner answers a repeat, and refuses another request under its id before a key is claimed for it.
  if (before.events.length > 0) return act.log.run(account, id, command, meta, {});
  // Once the key is claimed the act takes its course, so the condition is asked before.
  if (ifRevision !== undefined) insistOn(ifRevision, before.revision);
  await addAccountKey(accountLog(act.log, id, meta), id, key);
  return leftBy(means, id, meta.commandId, false);
};

/**
 * Links a customer to the one that it belongs to; both stand as they are. Throws `PARENT_IS_SELF` or `PARENT_IN_CIRCLE`:
 * two links at one moment may close a circle that neither saw, so whoever sees it afterwards takes its own link back.
 */
export const linkParent: Doing<
  OfCustomer & { readonly parentId: string; readonly reason: string },
  AccountDone
> = async (means, act, { id, parentId, reason }) => {
  await expectAccounts(act.log, 'parentId', [parentId]);
  const ancestors = await withAncestors(means.runner, parentId);
  const command = { type: 'LinkParent', data: { accountId: id, parentId, ancestors, reason } } as const;
  const linked = await act.log.run(account, id, command, metaOf(act), {});
  const circle = metaOf(unconditional(partOf(act, 'circle')));
  if ((await withAncestors(means.runner, parentId)).includes(id)) {
    const data = { reason: 'Another link was made at the same moment: both together closed a circle' };
    await act.log.run(account, id, { type: 'UnlinkParent', data }, circle, {});
  }
  if ((await leftBy(means, id, circle.commandId, false)).events.length > 0) throw parentInCircle();
  return linked;
};

/** A customer, whom it belongs to, and so on, as the log has it now. */
const withAncestors = async (log: Reads, id: string, below: readonly string[] = []): Promise<readonly string[]> => {
  if (below.includes(id)) return below;
  const { state } = await log.read(account, id);
  const parentId = state.status === 'open' ? state.facts.parentId : null;
  return parentId === null ? [...below, id] : withAncestors(log, parentId, [...below, id]);
};

/** How a customer's stream stands, and what of it is of one command, whoever carried it out. */
const leftBy = async (
  { eventStore }: Pick<Means, 'eventStore'>,
  id: string,
  commandId: string,
  repeated: boolean,
): Promise<AccountDone> => {
  const stream = `${ACCOUNT}-${id}`;
  const { events: stored, revision } = await eventStore.load(stream);
  const events = stored
    .map((event) => decode(catalogue, event))
    .filter(({ metadata }) => metadata.commandId === commandId);
  const position = stored.at(-1)?.position;
  return { stream, revision, events, repeated, ...(position && { position }) };
};
