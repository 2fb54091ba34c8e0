import { deriveId } from '@tempore/kernel';
import { given } from '@tempore/testing';

import { inbox, type InboxCommand, type InboxEvent, type Notice } from '.';

const noticeId = deriveId('notice', '1');
const notice: Notice = {
  noticeId,
  addressee: { kind: 'partner', id: deriveId('partner', 'northwind') },
  template: 'claim-queued',
  templateVersion: 1,
  parameters: { dealId: deriveId('deal', '1') },
  subject: `deal/${deriveId('deal', '1')}`,
  eventId: deriveId('event', '1'),
};
const theGiven: InboxEvent = { type: 'notice-given', data: notice };
const giving: InboxCommand = { type: 'GiveNotice', data: notice };
const about = <Type extends string>(type: Type) => ({ type, data: { noticeId } });
const bounce: InboxCommand = { type: 'RecordBounced', data: { noticeId, reason: 'mailbox unknown' } };
const bounced: InboxEvent = { type: 'notice-bounced', data: { noticeId, reason: 'mailbox unknown' } };

it('given an empty inbox, when a notice comes, then it stands in the inbox', () =>
  given(inbox).when(giving).then([theGiven]));

it('given a notice, when it comes again, then nothing happens', () =>
  given(inbox, [theGiven]).when(giving).thenNothing());

it('given a notice, when it is acknowledged twice, then it is on record once', () => {
  given(inbox, [theGiven])
    .when(about('AcknowledgeNotice'))
    .then([about('notice-acknowledged')]);
  given(inbox, [theGiven, about('notice-acknowledged')])
    .when(about('AcknowledgeNotice'))
    .thenNothing();
});

it('given a notice, when it is mailed twice, then it is on record once', () => {
  given(inbox, [theGiven])
    .when(about('RecordMailed'))
    .then([about('notice-mailed')]);
  given(inbox, [theGiven, about('notice-mailed')])
    .when(about('RecordMailed'))
    .thenNothing();
});

it('given a mailed notice, when it bounces, then that is on record, once', () => {
  given(inbox, [theGiven, about('notice-mailed')])
    .when(bounce)
    .then([bounced]);
  given(inbox, [theGiven, bounced]).when(bounce).thenNothing();
  given(inbox, [theGiven, bounced]).when(about('RecordMailed')).thenNothing();
});

it.each<InboxCommand>([about('AcknowledgeNotice'), about('RecordMailed'), bounce])(
  'given an empty inbox, when $type comes, then it is refused',
  (command) => given(inbox).when(command).thenRefused('NOTICE_NOT_FOUND'),
);
