import { currencySchema, daySchema, moneySchema } from '@tempore/kernel';
import { z } from 'zod';

const count = z.int().nonnegative();
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day such as 09:00' });
const closingTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'must be a time of day such as 17:00, or 24:00' });

/** When the programme works: the base of every business day and hour (rulebook 2.6). */
export const calendarSchema = z.strictObject({
  /** IANA name. */
  timeZone: z.string().refine((name) => isTimeZone(name), { error: 'must be an IANA time zone such as Europe/Berlin' }),
  /** ISO 8601 week days: 1 is Monday. */
  workingDays: z.array(z.int().min(1).max(7)).min(1),
  opens: timeOfDay,
  /** `24:00` is the end of the day: with `00:00` as the opening the programme works around the clock. */
  closes: closingTime,
  holidays: z.array(daySchema),
});
export type Calendar = Readonly<z.infer<typeof calendarSchema>>;

/** Most zones by their usual names: to ask `Intl` for one takes longer than to read the rest of an event. */
const ZONES: ReadonlySet<string> = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);

const isTimeZone = (name: string): boolean => ZONES.has(name) || isAlias(name);

const isAlias = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** A filing that fulfils all of it is approved without a person; the rule's name is the decider's (rulebook 3). */
export const autoApprovalSchema = z.strictObject({
  name: z.string().min(1),
  tiers: z.array(z.enum(['bronze', 'silver', 'gold'])).min(1),
  /** In the programme's currency. */
  below: moneySchema,
  /** A possible conflict with this score or more sends the filing to a person. */
  conflictScore: z.number().min(0).max(1),
});
export type AutoApproval = Readonly<z.infer<typeof autoApprovalSchema>>;

const registrationSchema = z.strictObject({
  minimumValue: moneySchema,
  /** A project over it shows its first touch when it is filed, and an amendment over it goes back to review. */
  reviewThreshold: moneySchema,
  autoApproval: z.array(autoApprovalSchema),
  reviewTargetBusinessDays: count,
  reviewEscalationBusinessDays: count,
  /** How often a reviewer may ask for more. */
  questionRounds: count,
  answerBusinessDays: count,
  contestBusinessDays: count,
  /** A direct touch blocks only where it was recorded within so many days before the filing. */
  directTouchDays: count,
  /** A renewal is the partner of record's from so many days before the end of term. */
  renewalDays: count,
  /** Where a project is not over the review threshold, what shows its first touch may follow within so many days. */
  firstTouchDocumentBusinessDays: count,
});

const protectionSchema = z.strictObject({
  windowDays: count,
  extensionDays: count,
  reconfirmBusinessDays: count,
  /** A queued claim lapses so many days after its filing, its last answer or its last progress. */
  queueDays: count,
  /** Every so many days a queued partner is asked whether it still wants the place. */
  queueAskDays: count,
  /** So long it has to answer before its claim may lapse. */
  queueAnswerBusinessDays: count,
  reminderDays: z.array(count),
  reRegistrationDays: count,
  /** So long the vendor has to answer a claimed win before it escalates; silence never decides. */
  outcomeBusinessDays: count,
  /** So long until it goes on to the head of the programme. */
  outcomeHeadBusinessDays: count,
});

/** Every number that the rulebook leaves to the programme. Days are of 24 h unless they are named business days. */
export const policySchema = z.strictObject({
  currency: currencySchema,
  calendar: calendarSchema,
  registration: registrationSchema,
  protection: protectionSchema,
});
export type Policy = Readonly<z.infer<typeof policySchema>>;

/** As it may stand in the log: policies from before a number was added to the product do not have it. */
export const recordedPolicySchema = policySchema.extend({
  registration: registrationSchema.extend({
    firstTouchDocumentBusinessDays: count.exactOptional(),
  }),
  protection: protectionSchema.extend({
    queueAskDays: count.exactOptional(),
    queueAnswerBusinessDays: count.exactOptional(),
    outcomeHeadBusinessDays: count.exactOptional(),
  }),
});
export type RecordedPolicy = Readonly<z.infer<typeof recordedPolicySchema>>;

/** The policy with every number: one that it lacks is that of the first version that has it (rulebook 10). */
export const completed = (policy: RecordedPolicy, versions: readonly RecordedPolicy[]): Policy => {
  const [{ registration, protection }, ...rest] = [policyVersion1, ...versions.toReversed(), policy] as const;
  return {
    ...policy,
    registration: rest.reduce((known, other) => ({ ...known, ...other.registration }), registration),
    protection: rest.reduce((known, other) => ({ ...known, ...other.protection }), protection),
  };
};

/** The numbers that a policy has, as paths: `protection.queueAskDays`. */
export const numbersOf = (policy: RecordedPolicy): readonly string[] =>
  (['registration', 'protection'] as const).flatMap((part) =>
    Object.keys(policy[part]).map((name) => `${part}.${name}`),
  );

const usd = (units: number): { minorUnits: number; currency: string } => ({ minorUnits: units * 100, currency: 'USD' });

/** Rulebook 10. */
export const policyVersion1: Policy = {
  currency: 'USD',
  calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], opens: '09:00', closes: '17:00', holidays: [] },
  registration: {
    minimumValue: usd(5_000),
    reviewThreshold: usd(100_000),
    autoApproval: [{ name: 'small-and-clear', tiers: ['silver', 'gold'], below: usd(50_000), conflictScore: 0.75 }],
    reviewTargetBusinessDays: 1,
    reviewEscalationBusinessDays: 2,
    questionRounds: 2,
    answerBusinessDays: 5,
    contestBusinessDays: 2,
    directTouchDays: 60,
    renewalDays: 120,
    firstTouchDocumentBusinessDays: 10,
  },
  protection: {
    windowDays: 90,
    extensionDays: 30,
    reconfirmBusinessDays: 5,
    queueDays: 90,
    queueAskDays: 30,
    queueAnswerBusinessDays: 5,
    reminderDays: [30, 14, 7, 1],
    reRegistrationDays: 30,
    outcomeBusinessDays: 5,
    outcomeHeadBusinessDays: 10,
  },
};
