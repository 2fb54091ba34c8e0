import { latestVersion, render, type Template, templates } from '.';

const parameters = {
  dealId: '7',
  line: 'Gateway',
  documentBy: '2026-03-16T09:00:00.000Z',
  lapsesAt: '2026-05-31T09:00:00.000Z',
  reconfirmBy: '2026-03-09T09:00:00.000Z',
  code: 'VALUE_UNCLEAR',
  answerBy: '2026-03-10T09:00:00.000Z',
  windowEnds: '2026-05-31T09:00:00.000Z',
  contestableUntil: '2026-03-04T09:00:00.000Z',
  because: 'no-answer',
  reviewBy: '2026-03-03T09:00:00.000Z',
  noticeId: '9',
  recipient: 'person/ann',
  reason: '550 5.1.1',
  confirmBy: '2026-03-09T09:00:00.000Z',
};

const sale = '“Gateway” (deal 7)';

/** Every template, in the words in which its notice is given today. */
const words: Readonly<Record<Template, string>> = {
  'claim-received': `The registration of ${sale} was received. You are told when it is decided. Hand in what shows the first touch by 2026-03-16 09:00 UTC, or the registration lapses.`,
  'claim-queued': `The registration of ${sale} is queued: somebody else is registered for this sale. You may sell without the benefits of a registration, record contacts with the customer, add evidence, and withdraw. You are asked from time to time whether you still want the place, and told when it becomes free. Hand in what shows the first touch by 2026-03-16 09:00 UTC, or the registration lapses.`,
  'interest-asked': `The registration of ${sale} still waits in line. Confirm that you want the place by 2026-05-31 09:00 UTC, or record progress by then; otherwise the registration lapses.`,
  'claim-offered': `The place for ${sale} has become free and is offered to you. Reconfirm by 2026-03-09 09:00 UTC, or it is offered on.`,
  'question-asked': `The review of ${sale} needs an answer from you (VALUE_UNCLEAR). Answer by 2026-03-10 09:00 UTC, or the registration lapses.`,
  'claim-approved': `The registration of ${sale} was approved. It is protected until 2026-05-31 09:00 UTC.`,
  'claim-rejected': `The registration of ${sale} was rejected (VALUE_UNCLEAR). You may contest this until 2026-03-04 09:00 UTC.`,
  'claim-lapsed': `The registration of ${sale} lapsed (no-answer). You may contest this until 2026-03-04 09:00 UTC.`,
  'claim-expired': `The window of ${sale} has ended, and its protection with it.`,
  'protection-ending': `The protection of ${sale} ends at 2026-05-31 09:00 UTC.`,
  'win-confirmed': `The win of ${sale} was confirmed.`,
  'win-refused': `The win that you claimed of ${sale} was refused. The deal shows why.`,
  'claim-superseded': `The sale that ${sale} is about is closed.`,
  'amendment-approved': `The amendment of ${sale} was approved.`,
  'amendment-rejected': `The amendment of ${sale} was rejected: what was registered before stands.`,
  'review-requested': `The registration of ${sale} waits to be reviewed. It is due by 2026-03-03 09:00 UTC.`,
  'review-escalated': `The review of ${sale} is overdue and was escalated.`,
  'amendment-requested': `An amendment of ${sale} waits for review.`,
  'win-to-confirm': `A win is claimed of ${sale}. Confirm or refuse it by 2026-03-10 09:00 UTC.`,
  'win-escalated': `The win of ${sale} has not been answered in time and was escalated. Confirm or refuse it.`,
  'mail-bounced':
    'The mail system refused notice 9 for person/ann (550 5.1.1). It stands in the inbox; reach the addressee in another way.',
  'address-to-confirm':
    'The partner has named you as one of its people in the register of deals, and this address as yours. If that is right, confirm it by 2026-03-09 09:00 UTC: notices to the partner are mailed here from then on. If it is not, do nothing, and nothing more comes.',
};

it.each(templates)('given a notice of %s, then it says what its addressee has to know, and by when', (template) =>
  expect(render({ template, templateVersion: latestVersion(template), parameters }).body).toBe(words[template]),
);
