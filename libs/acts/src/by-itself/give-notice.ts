import type { CommandRunner } from '@tempore/event-store';
import { deriveId, type Instant, type LoggedEvent } from '@tempore/kernel';
import { type Notice, notice } from '@tempore/notices';

/**
 * Lets a notice stand, in the name of whoever did what it tells of, and answers since when it does. To give it twice is as
 * good as once: it stands since the first time.
 */
export const giveNotice = async (
  runner: CommandRunner,
  now: Instant,
  noticeId: string,
  data: Notice,
  { id, metadata: { actor, $correlationId: correlationId } }: LoggedEvent,
): Promise<Instant> => {
  const commandId = deriveId('give-notice', noticeId);
  const meta = { commandId, requestHash: '', actor, now, correlationId, causationId: id };
  const { events } = await runner.run(notice, noticeId, { type: 'GiveNotice', data }, meta, {});
  const [given] = events;
  if (!given) throw new Error(`Notice ${noticeId} was given under another command`);
  return given.metadata.recordedAt;
};
