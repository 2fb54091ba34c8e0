import { randomUUID } from 'node:crypto';

import { account, nameAt } from '@tempore/accounts';
import { deal } from '@tempore/deals';
import { docket, type DocketState } from '@tempore/dockets';
import type { CommandMeta, CommandRunner, Outcome } from '@tempore/event-store';
import type { DomainEvent } from '@tempore/kernel';
import type { DealRegistrationLog } from '@tempore/processes';
import { type Database, findCandidates, valueOfClaims } from '@tempore/read-models';

import { loadDocketContext } from './docket-context';
import type { UnconditionalMeta } from './account-log';

/** The best match is enough; the customer itself is among those found. */
const CANDIDATES = 5;

export interface RegistrationStores {
  readonly runner: CommandRunner;
  readonly database: Database;
}

/**
 * The two streams of a registration, as a command on the deal goes through them in the name of whoever gave it. Each
 * command on the way runs under an id of its own. `onRecorded` hears of everything that is put on record.
 */
export const registrationLog = (
  { runner, database }: RegistrationStores,
  meta: UnconditionalMeta,
  onRecorded: (outcome: Outcome<DomainEvent>) => void = () => undefined,
): DealRegistrationLog => {
  const onTheWay = (): CommandMeta => ({ ...meta, commandId: randomUUID(), causationId: meta.commandId });
  const readDocket = async (id: string): Promise<DocketState> => (await runner.read(docket, id)).state;
  return {
    readDeal: async (id) => (await runner.read(deal, id)).state,
    readDocket,
    tellDeal: async (id, command) => {
      onRecorded(await runner.run(deal, id, command, onTheWay(), {}));
    },
    tellDocket: async (id, command) => {
      const { claim, accountId, productLine } = placeOf(await readDocket(id), command.data.dealId);
      // Whoever acts decides nothing here, so nobody's stakes count.
      const about = { accountId, productLine, partnerId: claim.partnerId, actor: { id: meta.actor, partnerId: null } };
      const context = await loadDocketContext(runner, about, meta.now);
      onRecorded(await runner.run(docket, id, command, onTheWay(), context));
    },
    adviseOnConflict: async ({ dealId, docketId: id }) => {
      const { accountId } = placeOf(await readDocket(id), dealId);
      const { state } = await runner.read(account, accountId);
      const { sequence, candidates } = await findCandidates(
        database,
        state.status === 'open' ? nameAt(state, meta.now) : '',
        CANDIDATES,
      );
      const others = candidates.filter((candidate) => candidate.accountId !== accountId);
      return { sequence, score: Math.max(0, ...others.map(({ score }) => score)) };
    },
    valueElsewhere: async ({ dealId, docketId: id }) => {
      const { claim, accountId } = placeOf(await readDocket(id), dealId);
      const { partnerId, terms } = claim;
      return {
        minorUnits: await valueOfClaims(database, { partnerId, accountId, notOn: id }),
        currency: terms.currency,
      };
    },
  };
};

const placeOf = ({ claims, subject }: DocketState, dealId: string) => {
  const claim = claims.find((candidate) => candidate.dealId === dealId);
  if (claim && subject) return { claim, ...subject };
  throw new Error(`The docket has no claim of deal ${dealId}`);
};
