import { deriveId, type Instant } from '@tempore/kernel';
import { numbersOf, policy, policyVersion1, PROGRAMME } from '@tempore/programme';

import type { Stores } from './stores';

/**
 * Puts the policy that the product brings on record as version 1, in the name of the installation, and, where it has
 * learned to ask for further numbers since, the policy in force with these as the next one. However many processes start
 * first, and however often, each stands there once.
 */
export const foundProgramme = async (
  { runner, installationId }: Pick<Stores, 'runner' | 'installationId'>,
  now: Instant,
): Promise<void> => {
  const inItsName = (...what: readonly string[]) => {
    const commandId = deriveId('command', ...what, installationId);
    return { commandId, requestHash: '', actor: installationId, now, correlationId: commandId };
  };
  const founding = { type: 'FoundProgramme', data: { policy: policyVersion1 } } as const;
  await runner.run(policy, PROGRAMME, founding, inItsName('found-programme'), {});
  const numbers = numbersOf(policyVersion1);
  await runner.run(
    policy,
    PROGRAMME,
    { type: 'SupplementPolicy', data: {} },
    inItsName('supplement-policy', ...numbers),
    {},
  );
};
