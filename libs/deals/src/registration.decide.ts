import { isDeepStrictEqual } from 'node:util';

import { addDays, type DecisionContext, type Instant, isOver, Refusal, textOf } from '@tempore/kernel';

import type { PartnerRights } from './amendable';
import { amendmentOf } from './amendment';
import { expectComplete } from './completeness';
import { unwritten } from './content-text';
import { emptyContent, redrafted } from './content-change';
import type {
  AmendDeal,
  ClaimOutcome,
  DraftDeal,
  EndDeal,
  RecordRehearsal,
  RecordSubmission,
  ReportStage,
  ReviseDeal,
} from './deal.commands';
import { type ContentField, type DealContent, dealContentSchema } from './deal.content';
import type { DealEvent } from './deal.events';
import { type DealState, type Filed, lastOf, type Statements } from './deal.state';

type Decision = readonly DealEvent[];

/** What decisions about a deal are told beside clock and actor. */
export interface DealContext extends DecisionContext {
  /** What the docket lets the partner say of a filed deal; nothing beside contacts and evidence where absent. */
  readonly rights?: PartnerRights;
  /** The vendor refused the outcome that was claimed last: to claim the same again is another statement. */
  readonly refused?: boolean;
  /** What the docket would refuse the outcome with that is claimed, or the answer to its reviewer's question. */
  readonly barred?: Refusal | null;
}

export const draft = (
  { data: { partnerId, content } }: DraftDeal,
  state: DealState,
  { now }: DealContext,
): Decision => {
  const drafted = { partnerId, content: contentOf(content, now) };
  if (state.status === 'none') return [{ type: 'deal-drafted', data: drafted }];
  if (state.status === 'draft') {
    const [{ content: first }] = state.statements;
    if (state.partnerId === partnerId && isDeepStrictEqual(first, drafted.content)) return [];
  }
  throw new Refusal('DEAL_EXISTS', 'conflict', 'This deal was begun before.', {
    remedy: 'Revise the draft, or begin a deal of its own.',
  });
};

export const revise = ({ data: { change } }: ReviseDeal, state: DealState, { now }: DealContext): Decision => {
  const { content: before } = lastOf(expectDraft(state).statements);
  const content = contentOf(redrafted(before, change), now, before);
  return isDeepStrictEqual(before, content) ? [] : [{ type: 'deal-content-revised', data: { content } }];
};

export const discard = (state: DealState): Decision => {
  switch (state.status) {
    case 'none':
    case 'legacy':
      throw notFound();
    case 'draft':
      return [{ type: 'deal-discarded', data: {} }];
    case 'discarded':
      return [];
    case 'filed':
    case 'ended':
      throw new Refusal('DEAL_FILED', 'conflict', 'The deal was filed: it is no draft any more.', {
        remedy: 'Withdraw the claim, or release the protection.',
      });
  }
};

/** Asked again, it may be answered otherwise: each time is a fact of its own. */
export const recordRehearsal = ({ data }: RecordRehearsal, state: DealState): Decision => {
  expectDraft(state);
  return [{ type: 'submission-rehearsed', data: { ...data, reasons: [...data.reasons] } }];
};

/** What the docket decided stands; the deal takes note of it. */
export const recordSubmission = ({ data }: RecordSubmission, state: DealState): Decision => {
  const { docketId, accountId, content } = data;
  switch (state.status) {
    case 'none':
    case 'legacy':
      throw notFound();
    case 'draft':
    case 'discarded':
      return [{ type: 'deal-submitted', data: { docketId, accountId, content } }];
    case 'filed':
    case 'ended':
      if (state.docketId === docketId) return [];
      throw new Refusal('DEAL_FILED_ELSEWHERE', 'conflict', 'The deal stands on another docket.', {
        remedy: 'Go on with the claim that stands there.',
        facts: { docketId: state.docketId },
      });
  }
};

/**
 * Throws `FIELD_NOT_AMENDABLE`, `CONTENT_REPLACED`, `WEBSITE_ELSEWHERE` or `DEAL_INCOMPLETE`; of an answer, what the
 * docket would refuse it with.
 */
export const amend = ({ data }: AmendDeal, state: DealState, { rights, barred, now }: DealContext): Decision => {
  const { answers } = data;
  if (answers !== null && barred) throw barred;
  const { statements } = expectFiled(state);
  const { content: before } = lastOf(statements);
  const content = contentOf(data.content, now, before);
  const changed = amendmentOf(before, content, rights?.amend ?? []);
  if (answers !== null) expectAnswer(answers, changed, statements, rights);
  if (changed.length === 0) return [];
  expectComplete(content);
  return [{ type: 'deal-amended', data: { content, changed: [...changed], answers } }];
};

/** Throws `NO_QUESTION_OPEN`, or `ANSWER_EMPTY` where nothing is said that was not said before. */
const expectAnswer = (
  answers: number,
  changed: readonly ContentField[],
  statements: Statements,
  rights: PartnerRights | undefined,
): void => {
  if (changed.length === 0 && lastOf(statements).answers === answers) return;
  if (rights?.question !== answers) throw noQuestionOpen();
  if (changed.length > 0) return;
  throw new Refusal('ANSWER_EMPTY', 'invalid', 'The answer says nothing that was not said before.', {
    remedy: 'Change what was asked for, or add a contact or evidence.',
  });
};

export const noQuestionOpen = () =>
  new Refusal('NO_QUESTION_OPEN', 'conflict', 'Nothing was asked, or it is answered.', {
    remedy: 'Amend the deal as far as that is open, or add evidence.',
  });

export const reportStage = ({ data: { stage } }: ReportStage, state: DealState, { rights }: DealContext): Decision => {
  if (expectFiled(state).stage === stage) return [];
  if (rights?.reportStage) return [{ type: 'deal-stage-reached', data: { stage } }];
  throw new Refusal('STAGE_NOT_OPEN', 'conflict', 'The stage of a sale is reported once the claim is approved.', {
    remedy: 'Wait for the decision; evidence may be added meanwhile.',
  });
};

/** Throws what the docket would refuse it with: a claimed outcome must not stand there with nothing behind it. */
export const claimOutcome = (
  { data }: ClaimOutcome,
  state: DealState,
  { barred, refused = false }: DealContext,
): Decision => {
  const claimed = { ...data, reason: data.reason === null ? null : textOf(data.reason, reasonMissing) };
  if ('outcome' in state && isDeepStrictEqual(state.outcome?.claimed, claimed) && !refused) return [];
  expectFiled(state);
  if (barred) throw barred;
  if (claimed.reason !== null || claimed.outcome === 'won') return [{ type: 'deal-outcome-claimed', data: claimed }];
  throw reasonMissing('is empty');
};

const reasonMissing = (fault: string): Refusal =>
  new Refusal('OUTCOME_REASON_MISSING', 'invalid', `reason ${fault}.`, { remedy: 'Say why the sale was lost.' });

/** What the docket decided stands; the deal takes note of it. */
export const end = ({ data: { as } }: EndDeal, state: DealState): Decision => {
  if (state.status === 'ended' && state.as === as) return [];
  expectFiled(state);
  return [{ type: 'deal-ended', data: { as } }];
};

/** When a whole content in normal form was found valid: whoever looked ahead decides on it without a second look. */
const checkedAt = new WeakMap<DealContent, Instant>();

/**
 * The content in normal form. Throws `DEAL_CONTENT_INVALID` with every field at fault. What was said `before` is not
 * judged again: a day that has passed since then was once to come.
 */
const contentOf = (content: DealContent, now: Instant, before = emptyContent): DealContent => {
  if (checkedAt.has(content) && checkedAt.get(content) === now) return content;
  const parsed = dealContentSchema.safeParse(content);
  const problems = parsed.success
    ? [
        ...unwritten(parsed.data, before),
        ...notYet(parsed.data, now),
        ...over(parsed.data, now, before),
        ...unclearBases(parsed.data),
      ]
    : parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  if (parsed.success && problems.length === 0) {
    if (before === emptyContent) checkedAt.set(parsed.data, now);
    return parsed.data;
  }
  const named = problems.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new Refusal('DEAL_CONTENT_INVALID', 'invalid', `The content of the deal is not valid. ${named}.`, {
    remedy: 'Mend each field that is named.',
    facts: { problems },
  });
};

/** The zone in which a day begins first is so far ahead. */
const EARLIEST_ZONE_DAYS = 14 / 24;

/** A first touch that has not happened shows no relationship, and nobody has consented tomorrow. */
const notYet = ({ firstTouch, contacts }: DealContent, now: Instant) => {
  const today = addDays(now, EARLIEST_ZONE_DAYS).slice(0, 10);
  const message = 'has not come yet';
  return [
    ...(firstTouch.at !== null && firstTouch.at > now ? [{ field: 'firstTouch.at', message }] : []),
    ...contacts.flatMap(({ consentedOn }, index) =>
      consentedOn !== null && consentedOn > today ? [{ field: `contacts.${index}.consentedOn`, message }] : [],
    ),
  ];
};

/** A day of consent says that there was one: beside another basis nobody knows which of the two holds. */
const unclearBases = ({ contacts }: DealContent) =>
  contacts.flatMap(({ basis, consentedOn }, index) =>
    basis && basis !== 'consent' && consentedOn !== null
      ? [{ field: `contacts.${index}.consentedOn`, message: `goes with the basis consent, and not with ${basis}` }]
      : [],
  );

/** Nobody estimates that a sale closes on a day that is over. */
const over = ({ estimatedClose }: DealContent, now: Instant, before: DealContent) =>
  estimatedClose !== null && estimatedClose !== before.estimatedClose && isOver(estimatedClose, now)
    ? [{ field: 'estimatedClose', message: 'is past' }]
    : [];

export const expectDraft = (state: DealState): Extract<DealState, { status: 'draft' }> => {
  switch (state.status) {
    case 'draft':
      return state;
    case 'none':
    case 'legacy':
      throw notFound();
    case 'discarded':
      throw discarded();
    case 'filed':
    case 'ended':
      throw filed();
  }
};

export const expectFiled = (state: DealState): Filed => {
  switch (state.status) {
    case 'filed':
      return state;
    case 'none':
    case 'legacy':
      throw notFound();
    case 'discarded':
      throw discarded();
    case 'draft':
      throw new Refusal('DEAL_NOT_FILED', 'conflict', 'The deal is a draft.', { remedy: 'Revise and submit it.' });
    case 'ended':
      throw new Refusal('DEAL_ENDED', 'conflict', `The deal has ended: it was ${state.as}.`, {
        remedy: 'Register the sale anew as a deal of its own.',
        facts: { as: state.as },
      });
  }
};

const filed = () =>
  new Refusal('DEAL_FILED', 'conflict', 'The deal was filed: its draft is closed.', {
    remedy: 'Amend the deal, as far as that is open.',
  });

export const discarded = () =>
  new Refusal('DEAL_DISCARDED', 'conflict', 'The draft was discarded.', { remedy: 'Begin a deal of its own.' });

const notFound = () => new Refusal('DEAL_NOT_FOUND', 'not-found', 'There is no such deal.');
