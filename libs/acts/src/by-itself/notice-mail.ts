import { subjectOf } from '@tempore/kernel';
import { notice, noticeBounced, noticeGiven } from '@tempore/notices';
import { bounceAlert } from '@tempore/processes';

import { giveNotice } from './give-notice';
import { processOf } from './process';

/**
 * Mails what stands in an inbox, and tells who has to know that a mail was refused. A notice is queued first and mailed
 * from there, so that a mail server that is slow or away holds up nothing else. Views have no part in it: to rebuild one
 * mails nothing.
 */
export const noticeMail = processOf({
  name: 'notice-mail',
  follows: [noticeGiven, noticeBounced],
  graceMs: 0,
  step: async (event, { runner, mails, clock }) => {
    const noticeId = subjectOf(event.stream);
    if (event.type === noticeGiven.type) return mails.enqueue(noticeId);
    const { state } = await runner.read(notice, noticeId);
    const alert = bounceAlert(event, state);
    if (alert) await giveNotice(runner, clock(), alert.noticeId, alert.notice, event);
  },
  timers: null,
  // Mail servers live by real time, whatever the installation's clock says.
  watchdog: { everyMs: 1_000, overdue: ({ mails }) => mails.waiting() },
});
