import {
  contentFieldSchema,
  contentRefSchema,
  dealKindSchema,
  dealTypeSchema,
  documentRefSchema,
} from '@messages/deals';
import { defineEvent, idSchema, instantSchema, moneySchema, shows, showsWithActor } from '@tempore/kernel';
import { z } from 'zod';

import { accountFactsSchema, partnerStandingSchema } from './facts';
import { recordedTermsSchema } from './terms';
import { projectSchema, rateSchema } from './valuation';

/** By when a person is to decide, and when the matter goes to their superior. */
export const reviewClockSchema = z.object({ targetAt: instantSchema, escalatesAt: instantSchema });
export type ReviewClock = Readonly<z.infer<typeof reviewClockSchema>>;

export const claimFiled = defineEvent(
  'claim-filed',
  'The submission itself: from here on the deal has its place, and where it stands in this stream decides who was ' +
    'first. It names what the partner had said by then; later edits of the draft are void. It keeps what the decision ' +
    'used, and the numbers that the claim lives under.',
  z.object({
    dealId: idSchema,
    partnerId: idSchema,
    group: idSchema,
    accountId: idSchema,
    productLine: z.string().min(1),
    content: contentRefSchema,
    /** Null collides with every other claim. */
    site: z.string().min(1).nullable(),
    dealType: dealTypeSchema,
    /** Missing from filings of before there were two: those are referrals. */
    kind: dealKindSchema.exactOptional(),
    /** One-time plus first-year recurring, in the programme's currency. */
    value: moneySchema,
    rates: z.array(rateSchema),
    /** Absent on claims that were filed before the project counted. */
    project: projectSchema.exactOptional(),
    round: z.int().positive(),
    place: z.enum(['held', 'queued']),
    /** Set where it holds. */
    review: reviewClockSchema.nullable(),
    /** Set where it is queued: when it lapses without an answer or progress. */
    lapsesAt: instantSchema.nullable(),
    /** Set where it is queued: when the partner is asked whether it still wants the place. Missing from older filings. */
    asksAt: instantSchema.nullable().exactOptional(),
    /** What shows the first touch did not come along. Missing from older filings, where `documentDueAt` says so. */
    documentOwed: z.boolean().exactOptional(),
    /** By when it is due. Null where it came along, and where the clock waits for its notice. */
    documentDueAt: instantSchema.nullable().exactOptional(),
    terms: recordedTermsSchema,
    standing: partnerStandingSchema,
    facts: accountFactsSchema,
  }),
  {
    shown: {
      partner: showsWithActor(
        'dealId',
        'partnerId',
        'accountId',
        'productLine',
        'content',
        'site',
        'dealType',
        'kind',
        'value',
        'rates',
        'place',
        'review',
        'lapsesAt',
        'asksAt',
        'documentOwed',
        'documentDueAt',
      ),
    },
  },
);

export const firstTouchDocumented = defineEvent(
  'first-touch-documented',
  'What shows the first touch was handed in, in time: the claim keeps the rank of its filing.',
  z.object({ dealId: idSchema, document: documentRefSchema }),
  { shown: { partner: showsWithActor('dealId', 'document') } },
);

export const claimWithdrawn = defineEvent(
  'claim-withdrawn',
  'The partner gives up its claim before a decision.',
  z.object({ dealId: idSchema, reason: z.string().trim().min(1) }),
  { shown: { partner: showsWithActor('dealId', 'reason') } },
);

export const claimReleased = defineEvent(
  'claim-released',
  'The partner gives its protection back before the window ends.',
  z.object({ dealId: idSchema, reason: z.string().trim().min(1) }),
  { shown: { partner: showsWithActor('dealId', 'reason') } },
);

export const claimAmended = defineEvent(
  'claim-amended',
  'What the partner changed within the whitelist counts from here on; where it takes its values on the customer over ' +
    'the threshold, the old content counts until somebody has looked at the new one. Protection goes on.',
  z.object({
    dealId: idSchema,
    content: contentRefSchema,
    changed: z.array(contentFieldSchema),
    value: moneySchema,
    rates: z.array(rateSchema),
    needsReview: z.boolean(),
  }),
  { shown: { partner: shows('dealId', 'content', 'changed', 'value', 'rates', 'needsReview') } },
);

export const amendmentApproved = defineEvent(
  'amendment-approved',
  'A person looked at the greater value: the amended content counts, and is worth this much.',
  z.object({
    dealId: idSchema,
    /** In the programme's currency; null where it was not kept yet. */
    value: moneySchema.nullable(),
  }),
  { upcasters: [(data) => ({ ...(data as object), value: null })], shown: { partner: shows('dealId', 'value') } },
);

export const amendmentRejected = defineEvent(
  'amendment-rejected',
  'A person looked at the greater value and did not accept it: what was approved stands.',
  z.object({ dealId: idSchema, reason: z.string().trim().min(1) }),
  { shown: { partner: shows('dealId', 'reason') } },
);

export const filingEvents = [
  claimFiled,
  firstTouchDocumented,
  claimWithdrawn,
  claimReleased,
  claimAmended,
  amendmentApproved,
  amendmentRejected,
] as const;
