import { latestVersion, type NoticeEvent } from '@messages/notices';
import { deriveId, type LoggedEvent, subjectOf } from '@tempore/kernel';
import type { NoticeState } from '@tempore/notices';

import type { ToldNotice } from '../claim-notices/claim-notices';

/**
 * What channel managers are told of a mail that was refused (rulebook 9). An alert that is refused itself calls for
 * no other one: nobody would ever stop.
 */
export const bounceAlert = (event: LoggedEvent<NoticeEvent>, state: NoticeState): ToldNotice | undefined => {
  if (event.type !== 'notice-bounced' || state.status === 'none' || state.notice.template === 'mail-bounced')
    return undefined;
  const noticeId = subjectOf(event.stream);
  return {
    noticeId: deriveId('notice', event.id, 'vendor'),
    notice: {
      addressee: { kind: 'role', id: 'channel-manager' },
      template: 'mail-bounced',
      templateVersion: latestVersion('mail-bounced'),
      parameters: { noticeId, ...event.data },
      subject: `notice/${noticeId}`,
      eventId: event.id,
    },
  };
};
