import { contentFieldSchema, contentRefSchema, dealKindSchema } from '@messages/deals';
import { defineEvent, idSchema, instantSchema, moneySchema, shows } from '@tempore/kernel';
import { z } from 'zod';

import { conflictAdviceSchema, stakeSchema } from './facts';
import { reviewClockSchema } from './filing.events';
import { ranAtOnce } from './partner-clocks.events';
import { rateSchema } from './valuation';

/** Why a claim may not be filed or is rejected; the first ten are checked at filing, in this order (rulebook 3). */
export const validityCodes = [
  'NOT_AUTHORISED',
  'OUT_OF_TERRITORY',
  'NOT_NAMED_ACCOUNT',
  'HOUSE_ACCOUNT',
  'EXISTING_CUSTOMER',
  'ACTIVE_DIRECT_PIPELINE',
  'DUPLICATE_SELF',
  'BELOW_MINIMUM',
  'TENDER_PUBLISHED',
  'RENEWAL_NOT_ELIGIBLE',
] as const;
export type ValidityCode = (typeof validityCodes)[number];

export const rejectionCodeSchema = z.enum([...validityCodes, 'NO_VERIFIABLE_RELATIONSHIP', 'NOT_QUALIFIED']);
export type RejectionCode = z.infer<typeof rejectionCodeSchema>;

export const questionCodeSchema = z.enum([
  'VALUE_UNCLEAR',
  'SCOPE_UNCLEAR',
  'CONTACT_UNVERIFIED',
  'FIRST_TOUCH_INSUFFICIENT',
  'OTHER',
]);
export type QuestionCode = z.infer<typeof questionCodeSchema>;

export const claimReferred = defineEvent(
  'claim-referred',
  'No rule approves the claim by itself: a person has to look, and these are the reasons.',
  z.object({
    dealId: idSchema,
    reasons: z
      .array(z.enum(['no-rule', 'standing', 'tier', 'value', 'others-on-the-docket', 'possible-conflict']))
      .min(1),
    conflict: conflictAdviceSchema.nullable(),
    /** What the limit of a rule was held against; absent where a person decided, and before the project counted. */
    projectValue: moneySchema.exactOptional(),
  }),
);

export const reviewPickedUp = defineEvent(
  'review-picked-up',
  'A reviewer took the claim on: from here on it is in review.',
  z.object({ dealId: idSchema }),
  { shown: { partner: shows('dealId') } },
);

export const reviewEscalated = defineEvent(
  'review-escalated',
  'The vendor has not decided in time: the claim goes to the reviewer’s superior by itself.',
  z.object({ dealId: idSchema }),
  { shown: { partner: shows('dealId') } },
);

export const questionAsked = defineEvent(
  'question-asked',
  'The reviewer needs more before deciding: the partner keeps its place, and has so many business days to answer, from ' +
    'when its notice stands in the inbox.',
  z.object({
    dealId: idSchema,
    code: questionCodeSchema,
    /** What the partner may change in answer, beside the whitelist. */
    fields: z.array(contentFieldSchema),
    text: z.string().trim().min(1),
    /** To answer in. Missing from questions of before the clock waited for its notice: those say by when. */
    businessDays: z.int().positive().exactOptional(),
    /** Null where the clock waits for its notice. */
    answerBy: instantSchema.nullable(),
  }),
  {
    upcasters: [ranAtOnce],
    shown: { partner: shows('dealId', 'code', 'fields', 'text', 'businessDays', 'answerBy') },
  },
);

export const questionAnswered = defineEvent(
  'question-answered',
  'The partner answered in time. Where the first touch had not sufficed and new evidence for it came, the claim ranks ' +
    'from this answer on, and stands behind whoever filed in between.',
  z.object({
    dealId: idSchema,
    content: contentRefSchema,
    changed: z.array(contentFieldSchema),
    value: moneySchema,
    rates: z.array(rateSchema),
    /** True where what shows the first touch was still due and came with the answer. */
    documented: z.literal(true).exactOptional(),
    /** Where the answer says another one. */
    kind: dealKindSchema.exactOptional(),
    priority: z.enum(['kept', 'moved']),
    place: z.enum(['held', 'queued']),
    review: reviewClockSchema.nullable(),
    lapsesAt: instantSchema.nullable(),
    /** Set where it is queued; missing from older answers. */
    asksAt: instantSchema.nullable().exactOptional(),
  }),
  {
    shown: {
      partner: shows(
        'dealId',
        'content',
        'changed',
        'value',
        'rates',
        'documented',
        'kind',
        'priority',
        'place',
        'review',
        'lapsesAt',
        'asksAt',
      ),
    },
  },
);

export const claimApproved = defineEvent(
  'claim-approved',
  'The right is exclusive from here to the end of the window, against partners and the vendor’s own team.',
  z.object({
    dealId: idSchema,
    /** The rule’s name where a rule decided, null where a person did. */
    rule: z.string().min(1).nullable(),
    conflict: conflictAdviceSchema.nullable(),
    /** What the registration is for, fixed from here on; missing from approvals of before there were two kinds. */
    kind: dealKindSchema.exactOptional(),
    /** What the limit of a rule was held against; absent where a person decided, and before the project counted. */
    projectValue: moneySchema.exactOptional(),
    windowEnds: instantSchema,
  }),
  { shown: { partner: shows('dealId', 'rule', 'kind', 'windowEnds') } },
);

export const claimRejected = defineEvent(
  'claim-rejected',
  'A reviewer said no, for a reason with a code. The place stays blocked for as long as the partner may contest it.',
  z.object({
    dealId: idSchema,
    code: rejectionCodeSchema,
    reason: z.string().trim().min(1),
    /** Null where the clock waits for its notice. */
    contestableUntil: instantSchema.nullable(),
  }),
  { upcasters: [ranAtOnce], shown: { partner: shows('dealId', 'code', 'reason', 'contestableUntil') } },
);

/** What somebody with a stake may not do. */
export const barredDecisionSchema = z.enum([
  'pick-up',
  'question',
  'approval',
  'rejection',
  'amendment',
  'win-confirmation',
  'win-refusal',
]);
export type BarredDecision = z.infer<typeof barredDecisionSchema>;

export const decisionRefused = defineEvent(
  'decision-refused',
  'Somebody with a stake tried to decide: kept, because the neutrality of every decision must be provable.',
  z.object({ dealId: idSchema, decision: barredDecisionSchema, stakes: z.array(stakeSchema).min(1) }),
);

export const reviewEvents = [
  claimReferred,
  reviewPickedUp,
  reviewEscalated,
  questionAsked,
  questionAnswered,
  claimApproved,
  claimRejected,
  decisionRefused,
] as const;
