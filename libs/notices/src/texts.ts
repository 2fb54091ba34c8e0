import type { Template } from './template';

type Parameters = Readonly<Record<string, string>>;

interface Text {
  readonly title: string;
  readonly body: (parameters: Parameters) => string;
}

/** A name that somebody else chose, marked as one, so that it cannot be taken for words of the notice. */
export const quoted = (name: string): string => `“${name.replaceAll(/[“”„"]/g, "'")}”`;

/**
 * A sale by its line and its customer, for the vendor also by its partner. Notices name what was known when they were
 * given: those of before there was a catalogue have the deal's id alone.
 */
const deal = ({ dealId = '', line, customer, partner }: Parameters): string =>
  line === undefined
    ? `deal ${dealId}`
    : `${quoted(line)}${when(customer, (name) => `for ${quoted(name)}`)}${when(partner, (name) => `by ${quoted(name)}`)} (deal ${dealId})`;

/** `2026-03-02T09:00:00.000Z` as people read it. */
const moment = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

/** A sentence about a parameter, where it was given. */
const when = (value: string | undefined, sentence: (value: string) => string): string =>
  value === undefined ? '' : ` ${sentence(value)}`;

/** What is still to come after a filing. Of a filing that lacked nothing, nothing is said. */
const documentBy = (its: Parameters): string =>
  when(its['documentBy'], (by) => `Hand in what shows the first touch by ${moment(by)}, or the registration lapses.`);

/** What whoever is named as somebody's person is asked; the link that acts is theirs alone. */
const addressAsked = (its: Parameters): string =>
  ` as one of its people in the register of deals, and this address as yours. If that is right, confirm it${when(its['confirmBy'], (by) => `by ${moment(by)}`)}: notices to the partner are mailed here from then on. If it is not, do nothing, and nothing more comes.${when(its['link'], (link) => `\n\n${link}`)}`;

const text = (title: string, body: Text['body']): readonly [Text] => [{ title, body }];

/** The version of the words that are given now. */
export const latestVersion = (template: Template): number => texts[template].length;

/** The words of every template, oldest version first. What was said to somebody is never edited: a new version follows. */
export const texts: Readonly<Record<Template, readonly [Text, ...Text[]]>> = {
  'claim-received': [
    ...text(
      'Your registration was received',
      (its) => `The registration of ${deal(its)} was received and goes to review.`,
    ),
    ...text(
      'Your registration was received',
      (its) => `The registration of ${deal(its)} was received. You are told when it is decided.${documentBy(its)}`,
    ),
  ],
  'claim-queued': [
    ...text(
      'Your registration is queued',
      (its) => `The registration of ${deal(its)} is queued. You are told when the place becomes free.`,
    ),
    ...text(
      'Your registration is queued',
      (its) =>
        `The registration of ${deal(its)} is queued: somebody else is registered for this sale. You may sell without the benefits of a registration, record contacts with the customer, add evidence, and withdraw. You are asked from time to time whether you still want the place, and told when it becomes free.${documentBy(its)}`,
    ),
  ],
  'interest-asked': text(
    'Do you still want the place?',
    (its) =>
      `The registration of ${deal(its)} still waits in line. Confirm that you want the place${when(its['lapsesAt'], (at) => `by ${moment(at)}, or record progress by then; otherwise the registration lapses`)}.`,
  ),
  'claim-offered': text(
    'The place is yours if you reconfirm',
    (its) =>
      `The place for ${deal(its)} has become free and is offered to you.${when(its['reconfirmBy'], (by) => `Reconfirm by ${moment(by)}, or it is offered on.`)}`,
  ),
  'question-asked': text(
    'Your answer is needed',
    (its) =>
      `The review of ${deal(its)} needs an answer from you${when(its['code'], (code) => `(${code})`)}${its['question'] === undefined ? '.' : `: ${quoted(its['question'])}`}${when(its['answerBy'], (by) => `Answer by ${moment(by)}, or the registration lapses.`)}`,
  ),
  'claim-approved': text(
    'Your registration was approved',
    (its) =>
      `The registration of ${deal(its)} was approved.${when(its['windowEnds'], (end) => `It is protected until ${moment(end)}.`)}`,
  ),
  'claim-rejected': text(
    'Your registration was rejected',
    (its) =>
      `The registration of ${deal(its)} was rejected${when(its['code'], (code) => `(${code})`)}.${when(its['contestableUntil'], (until) => `You may contest this until ${moment(until)}.`)}`,
  ),
  'claim-lapsed': text(
    'Your registration lapsed',
    (its) =>
      `The registration of ${deal(its)} lapsed${when(its['because'], (because) => `(${because})`)}.${when(its['contestableUntil'], (until) => `You may contest this until ${moment(until)}.`)}`,
  ),
  'claim-expired': text(
    'Your protection has ended',
    (its) => `The window of ${deal(its)} has ended, and its protection with it.`,
  ),
  'protection-ending': [
    ...text(
      'Your protection ends soon',
      (its) => `${deal(its)} is protected until ${when(its['windowEnds'], moment)}.`,
    ),
    ...text(
      'Your protection ends soon',
      (its) => `The protection of ${deal(its)} ends${when(its['windowEnds'], (end) => `at ${moment(end)}`)}.`,
    ),
  ],
  'win-confirmed': text('Your win was confirmed', (its) => `The win of ${deal(its)} was confirmed.`),
  'win-refused': text(
    'Your win was not confirmed',
    (its) => `The win that you claimed of ${deal(its)} was refused. The deal shows why.`,
  ),
  'claim-superseded': text('The sale is closed', (its) => `The sale that ${deal(its)} is about is closed.`),
  'amendment-approved': text('Your amendment was approved', (its) => `The amendment of ${deal(its)} was approved.`),
  'amendment-rejected': text(
    'Your amendment was rejected',
    (its) => `The amendment of ${deal(its)} was rejected: what was registered before stands.`,
  ),
  'review-requested': [
    ...text(
      'A registration waits for review',
      (its) => `${deal(its)} waits to be reviewed.${when(its['reviewBy'], (by) => `It is due by ${moment(by)}.`)}`,
    ),
    ...text(
      'A registration waits for review',
      (its) =>
        `The registration of ${deal(its)} waits to be reviewed.${when(its['reviewBy'], (by) => `It is due by ${moment(by)}.`)}`,
    ),
  ],
  'review-escalated': text('A review is overdue', (its) => `The review of ${deal(its)} is overdue and was escalated.`),
  'amendment-requested': text(
    'An amendment waits for review',
    (its) => `An amendment of ${deal(its)} waits for review.`,
  ),
  'win-to-confirm': text(
    'A win waits for confirmation',
    (its) =>
      `A win is claimed of ${deal(its)}.${when(its['answerBy'], (by) => `Confirm or refuse it by ${moment(by)}.`)}`,
  ),
  'win-escalated': text(
    'A win is overdue for confirmation',
    (its) => `The win of ${deal(its)} has not been answered in time and was escalated. Confirm or refuse it.`,
  ),
  'mail-bounced': text(
    'A notice could not be mailed',
    (its) =>
      `The mail system refused notice ${its['noticeId'] ?? ''} for ${its['recipient'] ?? ''}${when(its['reason'], (reason) => `(${reason})`)}. It stands in the inbox; reach the addressee in another way.`,
  ),
  'address-to-confirm': [
    ...text('Is this your address?', (its) => `${its['partner'] ?? 'A partner'} has named you${addressAsked(its)}`),
    ...text(
      'Is this your address?',
      (its) => `The partner${when(its['partner'], quoted)} has named you${addressAsked(its)}`,
    ),
  ],
};
