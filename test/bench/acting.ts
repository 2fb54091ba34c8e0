import { randomUUID } from 'node:crypto';

import type { CommandMeta } from '@tempore/event-store';
import { toInstant } from '@tempore/kernel';

/** What comes with a command that nobody sent before. */
export const freshMeta = (): CommandMeta => {
  const commandId = randomUUID();
  return {
    commandId,
    requestHash: 'f'.repeat(64),
    actor: randomUUID(),
    now: toInstant(new Date()),
    correlationId: commandId,
  };
};
