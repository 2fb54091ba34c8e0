import { deriveId, type Instant } from '@tempore/kernel';
import { policy, policyVersion1, PROGRAMME } from '@tempore/programme';

import type { Stores } from './stores';

/**
 * Puts the policy that the product brings on record as version 1, in the name of the installation. However many
 * processes start first, and however often, it stands there once.
 */
export const foundProgramme = async (
  { runner, installationId }: Pick<Stores, 'runner' | 'installationId'>,
  now: Instant,
): Promise<void> => {
  const commandId = deriveId('command', 'found-programme', installationId);
  const meta = { commandId, requestHash: '', actor: installationId, now, correlationId: commandId };
  await runner.run(policy, PROGRAMME, { type: 'FoundProgramme', data: { policy: policyVersion1 } }, meta, {});
};
