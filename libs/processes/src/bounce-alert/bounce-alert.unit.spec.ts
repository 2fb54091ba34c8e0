import { deriveId } from '@tempore/kernel';
import type { NoticeEvent, NoticeState, Template } from '@tempore/notices';
import { logged, NOW } from '@tempore/testing';

import { bounceAlert } from '..';

const noticeId = deriveId('notice', '1');
const event = logged<NoticeEvent>(
  { type: 'notice-bounced', data: { recipient: 'person/ann', reason: '550 5.1.1' } },
  `notice-${noticeId}`,
);

const standing = (template: Template): NoticeState => ({
  status: 'given',
  notice: {
    addressee: { kind: 'partner', id: deriveId('partner', 'northwind') },
    template,
    templateVersion: 1,
    parameters: {},
    subject: 'deal/1',
    eventId: deriveId('event', '1'),
  },
  givenAt: NOW,
  acknowledged: false,
  mail: new Map(),
});

it('given a mail that was refused, then channel managers learn which notice, for whom, and why', () =>
  expect(bounceAlert(event, standing('claim-queued'))?.notice).toMatchObject({
    addressee: { kind: 'role', id: 'channel-manager' },
    template: 'mail-bounced',
    parameters: { noticeId, recipient: 'person/ann', reason: '550 5.1.1' },
  }));

it('given an alert that was refused itself, then nobody is told of that by another one', () =>
  expect(bounceAlert(event, standing('mail-bounced'))).toBeUndefined());
