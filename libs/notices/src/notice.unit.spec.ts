import { deriveId } from '@tempore/kernel';
import { given } from '@tempore/testing';

import { latestVersion, notice, type Notice, type NoticeCommand, type NoticeEvent, render, templates } from '.';

const data: Notice = {
  addressee: { kind: 'partner', id: deriveId('partner', 'northwind') },
  template: 'claim-queued',
  templateVersion: 1,
  parameters: { dealId: deriveId('deal', '1') },
  subject: `deal/${deriveId('deal', '1')}`,
  eventId: deriveId('event', '1'),
};
const theGiven: NoticeEvent = { type: 'notice-given', data };
const giving: NoticeCommand = { type: 'GiveNotice', data };
const acknowledging: NoticeCommand = { type: 'AcknowledgeNotice', data: {} };
const acknowledged: NoticeEvent = { type: 'notice-acknowledged', data: {} };
const [ann, bob] = ['person/ann', 'person/bob'];
const mailing = (recipient: string): NoticeCommand => ({ type: 'RecordMailed', data: { recipient } });
const mailed = (recipient: string): NoticeEvent => ({ type: 'notice-mailed', data: { recipient } });
const bounce: NoticeCommand = { type: 'RecordBounced', data: { recipient: ann, reason: '550 5.1.1' } };
const bounced: NoticeEvent = { type: 'notice-bounced', data: { recipient: ann, reason: '550 5.1.1' } };

it('given nothing, when a notice comes, then it stands', () => given(notice).when(giving).then([theGiven]));

it('given a notice, when it comes again, then nothing happens', () =>
  given(notice, [theGiven]).when(giving).thenNothing());

it('given a notice, when it is acknowledged twice, then it is on record once', () => {
  given(notice, [theGiven]).when(acknowledging).then([acknowledged]);
  given(notice, [theGiven, acknowledged]).when(acknowledging).thenNothing();
});

it('given a notice, when it is mailed to two people, each twice, then it is on record once for each', () => {
  given(notice, [theGiven])
    .when(mailing(ann))
    .then([mailed(ann)]);
  given(notice, [theGiven, mailed(ann)])
    .when(mailing(ann))
    .thenNothing();
  given(notice, [theGiven, mailed(ann)])
    .when(mailing(bob))
    .then([mailed(bob)]);
});

it('given a mailed notice, when it bounces, then that is on record, once', () => {
  given(notice, [theGiven, mailed(ann)])
    .when(bounce)
    .then([bounced]);
  given(notice, [theGiven, bounced]).when(bounce).thenNothing();
  given(notice, [theGiven, bounced]).when(mailing(ann)).thenNothing();
});

it.each<NoticeCommand>([acknowledging, mailing(ann), bounce])(
  'given no notice, when $type comes, then it is refused',
  (command) => given(notice).when(command).thenRefused('NOTICE_NOT_FOUND'),
);

it('given a deadline, when a notice is shown, then its words say it', () =>
  expect(
    render({
      template: 'claim-offered',
      templateVersion: 1,
      parameters: { dealId: '7', reconfirmBy: '2026-03-09T17:00:00.000Z' },
    }),
  ).toEqual({
    title: 'The place is yours if you reconfirm',
    body: 'The place for deal 7 has become free and is offered to you. Reconfirm by 2026-03-09 17:00 UTC, or it is offered on.',
  }));

it('given somebody who is queued, when it is told so, then it learns what it may do meanwhile; what was said before stays', () => {
  const shown = (templateVersion: number) =>
    render({ template: 'claim-queued', templateVersion, parameters: { dealId: '7' } }).body;
  expect(shown(1)).toBe('The registration of deal 7 is queued. You are told when the place becomes free.');
  expect(shown(latestVersion('claim-queued'))).toMatch(/You may sell without the benefits of a registration.*withdraw/);
});

it.each(['claim-received', 'claim-queued'] as const)(
  'given a filing without what shows its first touch, when its %s is shown, then it says by when that is due',
  (template) => {
    const documentBy = '2026-03-16T09:00:00.000Z';
    const shown = (parameters: Record<string, string>) =>
      render({ template, templateVersion: latestVersion(template), parameters: { dealId: '7', ...parameters } }).body;
    expect(shown({ documentBy })).toBe(
      `${shown({})} Hand in what shows the first touch by 2026-03-16 09:00 UTC, or the registration lapses.`,
    );
  },
);

it('given a question whether the place is still wanted, when it is shown, then it says by when', () =>
  expect(
    render({
      template: 'interest-asked',
      templateVersion: 1,
      parameters: { dealId: '7', lapsesAt: '2026-05-31T10:00:00.000Z' },
    }).body,
  ).toBe(
    'The registration of deal 7 still waits in line. Confirm that you want the place by 2026-05-31 10:00 UTC, or record progress by then; otherwise the registration lapses.',
  ));

describe('given the names of a sale', () => {
  const shown = (template: (typeof templates)[number], parameters: Record<string, string>) =>
    render({ template, templateVersion: latestVersion(template), parameters: { dealId: '7', ...parameters } }).body;
  const names = { line: 'Gateway', partner: 'Northwind Systems' };

  it('when a notice is shown, then it reads as a sentence in which they are marked as names', () => {
    expect(shown('review-requested', names)).toBe(
      'The registration of “Gateway” by “Northwind Systems” (deal 7) waits to be reviewed.',
    );
    expect(shown('claim-approved', { line: 'Gateway', windowEnds: '2026-05-31T10:00:00.000Z' })).toBe(
      'The registration of “Gateway” (deal 7) was approved. It is protected until 2026-05-31 10:00 UTC.',
    );
    expect(shown('protection-ending', { line: 'Gateway', windowEnds: '2026-05-31T10:00:00.000Z' })).toBe(
      'The protection of “Gateway” (deal 7) ends at 2026-05-31 10:00 UTC.',
    );
  });

  it('when a customer is among them, then title and sentence name it too, and a question says what was asked', () => {
    const whole = { ...names, customer: 'Contoso AG' };
    const render7 = (template: (typeof templates)[number], parameters: Record<string, string>) =>
      render({ template, templateVersion: latestVersion(template), parameters: { dealId: '7', ...parameters } });
    expect(render7('review-requested', whole)).toEqual({
      title: 'A registration waits for review: “Gateway”, “Contoso AG”',
      body: 'The registration of “Gateway” for “Contoso AG” by “Northwind Systems” (deal 7) waits to be reviewed.',
    });
    const question = { code: 'VALUE_UNCLEAR', question: 'What is "it" made of?', answerBy: '2026-03-09T17:00:00.000Z' };
    expect(render7('question-asked', { line: 'Gateway', customer: 'Contoso AG', ...question })).toEqual({
      title: 'Your answer is needed: “Gateway”, “Contoso AG”',
      body: "The review of “Gateway” for “Contoso AG” (deal 7) needs an answer from you (VALUE_UNCLEAR): “What is 'it' made of?” Answer by 2026-03-09 17:00 UTC, or the registration lapses.",
    });
  });

  it('when one of them is words of its own, then nobody takes them for those of the notice', () => {
    const partner = 'Northwind” was approved. Pay “Fabrikam';
    expect(shown('win-to-confirm', { ...names, partner })).toBe(
      "A win is claimed of “Gateway” by “Northwind' was approved. Pay 'Fabrikam” (deal 7).",
    );
    expect(shown('address-to-confirm', { partner })).toMatch(
      /^The partner “Northwind' was approved\. Pay 'Fabrikam” has named you as one of its people/,
    );
  });

  it.each(templates.filter((template) => template !== 'mail-bounced'))(
    'when a %s is shown, then it is of whole sentences',
    (template) => expect(shown(template, names)).toMatch(/^[A-Z“].*[.?]$/),
  );
});

it.each(templates)(
  'given a %s without what may be missing, when it is shown, then no word is left open',
  (template) => {
    for (const templateVersion of Array.from({ length: latestVersion(template) }, (_, index) => index + 1)) {
      const { title, body } = render({ template, templateVersion, parameters: { dealId: '7' } });
      expect(`${title} ${body}`).not.toMatch(/undefined|\(\)/);
    }
  },
);
