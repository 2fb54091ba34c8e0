import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { account, nameAt } from '@tempore/accounts';
import { deal } from '@tempore/deals';
import { docket, type DocketState } from '@tempore/dockets';
import type { CommandMeta, Outcome } from '@tempore/event-store';
import { type DomainEvent, Refusal } from '@tempore/kernel';
import type { DealRegistrationLog } from '@tempore/processes';
import {
  adviceOnFiling,
  claimsView,
  type Database,
  possibleConflictsView,
  sequenceView,
  valuesOfPartner,
} from '@tempore/read-models';

import type { ActLog } from '../act-log';
import type { UnconditionalMeta } from '../accounts/account-log';
import { loadDocketContext } from './docket-context';

/** The best match is enough; the customer itself is among those found. */
const CANDIDATES = 5;

/** How long a decision waits for the views to have read the filing. Who comes to decide later finds that they have. */
export const SEEN_WITHIN_MS = 1_000;
const LOOK_EVERY_MS = 20;

/** Of which a rule is advised. */
const ADVISING = [sequenceView, possibleConflictsView, claimsView].map(({ name }) => name);

export interface RegistrationStores {
  readonly log: ActLog;
  readonly database: Database;
  /** Waits until a view shows the filing, where whoever drives the registration can be told; it is looked for otherwise. */
  readonly seen?: (view: string) => Promise<void>;
}

/**
 * The two streams of a registration, as a command on the deal goes through them in the name of whoever gave it. Each
 * command on the way runs under an id of its own. `onRecorded` hears of everything that is put on record.
 */
export const registrationLog = (
  { log, database, seen }: RegistrationStores,
  meta: UnconditionalMeta,
  onRecorded: (outcome: Outcome<DomainEvent>) => void = () => undefined,
): DealRegistrationLog => {
  const onTheWay = (): CommandMeta => ({ ...meta, commandId: randomUUID(), causationId: meta.commandId });
  const readDocket = async (id: string): Promise<DocketState> => (await log.read(docket, id)).state;
  return {
    readDeal: async (id) => (await log.read(deal, id)).state,
    readDocket,
    readAccount: async (id) => (await log.read(account, id)).state,
    tellAccount: async (id, command) => {
      onRecorded(await log.run(account, id, command, onTheWay(), {}));
    },
    tellDeal: async (id, command) => {
      onRecorded(await log.run(deal, id, command, onTheWay(), {}));
    },
    tellDocket: async (id, command) => {
      const { claim, accountId, productLine } = placeOf(await readDocket(id), command.data.dealId);
      // Whoever acts decides nothing here, so nobody's stakes count.
      const about = {
        accountId,
        productLine,
        partnerId: claim.partnerId,
        actor: { id: meta.actor, partnerId: null },
        beside: 'all' as const,
      };
      const context = await loadDocketContext(log, about, meta.now);
      onRecorded(await log.run(docket, id, command, onTheWay(), context));
    },
    adviseOnFiling: async ({ dealId, docketId: id }) => {
      const { claim, accountId } = placeOf(await readDocket(id), dealId);
      const { filedAt, filingId, terms } = claim;
      // What others found out about the customer up to the filing counts, so it is asked after it.
      const { state } = await log.readAnew(account, accountId);
      const name = state.status === 'open' ? nameAt(state, filedAt) : '';
      if (seen) await Promise.all(ADVISING.map(seen));
      const { sequence, candidates, elsewhere } = await onceSeen(() =>
        adviceOnFiling(database, { dealId, filingId, name, limit: CANDIDATES }),
      );
      const others = candidates.filter((candidate) => candidate.accountId !== accountId);
      const isDisputed =
        state.status === 'open' && state.keyConflicts.some((found) => found.dealId === dealId || found.at <= filedAt);
      return {
        conflict: { sequence, score: isDisputed ? 1 : Math.max(0, ...others.map(({ score }) => score)) },
        elsewhere: { minorUnits: elsewhere, currency: terms.currency },
      };
    },
    claimsElsewhere: async ({ dealId, docketId: id }) => {
      const { claim, accountId } = placeOf(await readDocket(id), dealId);
      const { partnerId, terms } = claim;
      const { currency } = terms;
      const { live, approved } = await valuesOfPartner(database, { partnerId, accountId, notOn: id, currency });
      return { live: { minorUnits: live, currency }, approved: { minorUnits: approved, currency } };
    },
  };
};

const placeOf = ({ claims, subject }: DocketState, dealId: string) => {
  const claim = claims.find((candidate) => candidate.dealId === dealId);
  if (claim && subject) return { claim, ...subject };
  throw new Error(`The docket has no claim of deal ${dealId}`);
};

/** Asks until there is an answer. Throws `VIEW_BEHIND`, as readers of a view that has not come so far are told. */
const onceSeen = async <T>(ask: () => Promise<T | undefined>): Promise<T> => {
  const end = performance.now() + SEEN_WITHIN_MS;
  for (;;) {
    const seen = await ask();
    if (seen !== undefined) return seen;
    if (performance.now() > end)
      throw new Refusal('VIEW_BEHIND', 'unavailable', 'The filing is not in the views yet.', {
        remedy: 'Nothing is to be done: it is decided as soon as it is.',
      });
    await sleep(LOOK_EVERY_MS);
  }
};
