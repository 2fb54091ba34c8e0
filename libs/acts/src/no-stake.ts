import { statedWithStake } from '@tempore/dockets';
import { hasDeclared, principal } from '@tempore/principals';

import type { Reads } from './act-log';
import type { Act } from './act';
import { hasWorkedFor } from './registration/docket-context';

/** What a fact blocks or frees, and for whom. */
interface Concerned {
  readonly accountIds?: readonly string[];
  readonly partnerIds?: readonly string[];
}

/**
 * Who has a declared stake in a customer, or in a partner whom the fact is for, or is or was one of that partner's people,
 * puts no facts on record that block or free it (rulebook 3). Throws `STATED_WITH_STAKE`.
 */
export const expectNoStake = async (
  log: Reads,
  { principal: { id }, meta }: Act,
  { accountIds = [], partnerIds = [] }: Concerned,
): Promise<void> => {
  const [{ state }, ...members] = await Promise.all([
    log.read(principal, id),
    ...partnerIds.map((partnerId) => hasWorkedFor(log, partnerId, id)),
  ]);
  if (hasDeclared(state, { accountIds, partnerIds }, meta.now) || members.includes(true)) throw statedWithStake();
};
