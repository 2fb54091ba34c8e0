import { autoApprovalSchema, calendarSchema, type Policy, policyVersion1 } from '@messages/programme';
import { addDays, currencySchema, type Instant, moneySchema } from '@tempore/kernel';
import { z } from 'zod';

const count = z.int().nonnegative();

/**
 * The numbers of the policy that a claim lives under, taken over when it was filed: a later policy changes nothing for
 * it (rulebook, head and 2.6).
 */
export const termsSchema = z.object({
  policyVersion: z.int().positive(),
  calendar: calendarSchema,
  currency: currencySchema,
  /** Absent where the claim was filed before amendments were held to it. */
  minimumValue: moneySchema.exactOptional(),
  reviewThreshold: moneySchema,
  autoApproval: z.array(autoApprovalSchema),
  firstTouchDocumentBusinessDays: count,
  reviewTargetBusinessDays: count,
  reviewEscalationBusinessDays: count,
  questionRounds: count,
  answerBusinessDays: count,
  contestBusinessDays: count,
  windowDays: count,
  reconfirmBusinessDays: count,
  queueDays: count,
  queueAskDays: count,
  queueAnswerBusinessDays: count,
  reRegistrationDays: count,
  outcomeBusinessDays: count,
  outcomeHeadBusinessDays: count,
});
export type Terms = Readonly<z.infer<typeof termsSchema>>;

/** As they may stand on a filing: one from before a number was added to the policy does not have it. */
export const recordedTermsSchema = termsSchema.extend({
  firstTouchDocumentBusinessDays: count.exactOptional(),
  queueAskDays: count.exactOptional(),
  queueAnswerBusinessDays: count.exactOptional(),
  outcomeHeadBusinessDays: count.exactOptional(),
});
export type RecordedTerms = Readonly<z.infer<typeof recordedTermsSchema>>;

/**
 * With every number. One that the claim's version lacks is that of the first version that has it (rulebook 10), which
 * was made of what the product brought: that never changes.
 */
export const completedTerms = (recorded: RecordedTerms): Terms => {
  const { firstTouchDocumentBusinessDays } = policyVersion1.registration;
  const { queueAskDays, queueAnswerBusinessDays, outcomeHeadBusinessDays } = policyVersion1.protection;
  const numbers = { firstTouchDocumentBusinessDays, queueAskDays, queueAnswerBusinessDays, outcomeHeadBusinessDays };
  return lacksNone(numbers, recorded) ? recorded : { ...numbers, ...recorded };
};

/** Nearly all have them all, and are folded by the thousand. */
const lacksNone = (numbers: object, recorded: RecordedTerms): recorded is Terms =>
  Object.keys(numbers).every((name) => name in recorded);

/** A policy and its number in the order of all policies. */
export interface PolicyInForce {
  readonly version: number;
  readonly policy: Policy;
}

/** Holidays that lie behind the filing are left out: no clock of the claim meets them. */
export const termsOf = ({ version, policy }: PolicyInForce, now: Instant): Terms => {
  const { calendar, currency, registration, protection } = policy;
  const yesterday = addDays(now, -1).slice(0, 10);
  return {
    policyVersion: version,
    calendar: { ...calendar, holidays: calendar.holidays.filter((day) => day >= yesterday) },
    currency,
    minimumValue: registration.minimumValue,
    reviewThreshold: registration.reviewThreshold,
    autoApproval: registration.autoApproval,
    firstTouchDocumentBusinessDays: registration.firstTouchDocumentBusinessDays,
    reviewTargetBusinessDays: registration.reviewTargetBusinessDays,
    reviewEscalationBusinessDays: registration.reviewEscalationBusinessDays,
    questionRounds: registration.questionRounds,
    answerBusinessDays: registration.answerBusinessDays,
    contestBusinessDays: registration.contestBusinessDays,
    windowDays: protection.windowDays,
    reconfirmBusinessDays: protection.reconfirmBusinessDays,
    queueDays: protection.queueDays,
    queueAskDays: protection.queueAskDays,
    queueAnswerBusinessDays: protection.queueAnswerBusinessDays,
    reRegistrationDays: protection.reRegistrationDays,
    outcomeBusinessDays: protection.outcomeBusinessDays,
    outcomeHeadBusinessDays: protection.outcomeHeadBusinessDays,
  };
};
