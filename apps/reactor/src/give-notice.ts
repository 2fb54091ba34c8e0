import type { CommandRunner } from '@tempore/event-store';
import { deriveId, type LoggedEvent } from '@tempore/kernel';
import { type Notice, notice } from '@tempore/notices';

import type { Clock } from '../../composition/src/clock';

/** Lets a notice stand, in the name of whoever did what it tells of. To give it twice is as good as once. */
export const giveNotice = async (
  runner: CommandRunner,
  clock: Clock,
  noticeId: string,
  data: Notice,
  { id, metadata: { actor, $correlationId: correlationId } }: LoggedEvent,
): Promise<void> => {
  const commandId = deriveId('give-notice', noticeId);
  const meta = { commandId, requestHash: '', actor, now: clock(), correlationId, causationId: id };
  await runner.run(notice, noticeId, { type: 'GiveNotice', data }, meta, {});
};
