import {
  daySchema,
  defineEvent,
  type EventOf,
  idSchema,
  instantSchema,
  moneySchema,
  reasonSchema,
  shows,
  showsWithActor,
} from '@tempore/kernel';
import { z } from 'zod';

import { contentRefSchema } from './content-ref';
import { contentFieldSchema, dealContentSchema, documentRefSchema } from './deal.content';

export const legacyStageSchema = z.enum(['prospecting', 'engaging', 'won', 'lost']);
export type LegacyStage = z.infer<typeof legacyStageSchema>;

const legacyDealSchema = z.object({
  source: z.object({ system: z.string().min(1), reference: z.string().min(1) }),
  partnerId: idSchema,
  /** Null where the source names no account: the deal stays unlinked. */
  accountId: idSchema.nullable(),
  /** As the source spells it. */
  accountName: z.string().min(1).nullable(),
  productLine: z.string().min(1),
  /** The source's own spelling, where it was mapped to the line. */
  productAsGiven: z.string().min(1).nullable(),
  stage: legacyStageSchema,
  value: moneySchema.nullable(),
  openedOn: daySchema.nullable(),
  closedOn: daySchema.nullable(),
  /** When the source says that this was so. */
  assertedAt: instantSchema,
  /** Where it was read: SHA-256 of the file, and the row counted from 1 below the header. */
  row: z.object({ fileHash: z.string().regex(/^[0-9a-f]{64}$/), number: z.int().positive() }),
});
export type LegacyDeal = z.infer<typeof legacyDealSchema>;

export const legacyDealRecorded = defineEvent(
  'legacy-deal-recorded',
  'Keeps a sale as another system knew it: no completeness test, no window, no claim on anything. Recorded once: a ' +
    'later import that says otherwise is refused and reported, since an import must not rewrite what reports rest on.',
  legacyDealSchema,
  {
    shown: {
      partner: shows(
        'source',
        'partnerId',
        'accountId',
        'accountName',
        'productLine',
        'productAsGiven',
        'stage',
        'value',
        'openedOn',
        'closedOn',
        'assertedAt',
        'row',
      ),
    },
  },
);

export const dealDrafted = defineEvent(
  'deal-drafted',
  'A partner begins to say what it wants to register. Nobody else sees it, and it holds no place.',
  z.object({ partnerId: idSchema, content: dealContentSchema }),
  { shown: { partner: showsWithActor('partnerId', 'content') } },
);

export const dealContentRevised = defineEvent(
  'deal-content-revised',
  'The partner says it otherwise, before it files. A filing names the last of these that it rests on.',
  z.object({ content: dealContentSchema }),
  { shown: { partner: showsWithActor('content') } },
);

export const dealDiscarded = defineEvent(
  'deal-discarded',
  'The partner gives a draft up: it was never filed, and stands in no list any more.',
  z.object({}),
  { shown: { partner: showsWithActor() } },
);

const rehearsalSchema = z.object({
  /** What submitting would have brought. */
  outcome: z.enum(['incomplete', 'refused', 'held', 'queued']),
  /** Fields that were missing, or codes that stood against it. */
  reasons: z.array(z.string().min(1)),
});
export type Rehearsal = Readonly<z.infer<typeof rehearsalSchema>>;

export const submissionRehearsed = defineEvent(
  'submission-rehearsed',
  'The partner asked what submitting would bring. It holds no place; that it was asked is kept, since the answer tells ' +
    'something of a docket.',
  rehearsalSchema,
  { shown: { partner: showsWithActor('outcome', 'reasons') } },
);

export const dealSubmitted = defineEvent(
  'deal-submitted',
  'The deal’s own note of its place on a docket: the place itself was taken there. Whatever was revised after the ' +
    'content named here is void.',
  z.object({
    docketId: idSchema,
    accountId: idSchema,
    content: contentRefSchema,
  }),
  { shown: { partner: shows('docketId', 'accountId', 'content') } },
);

export const dealAmended = defineEvent(
  'deal-amended',
  'The partner changes what may change of a filed deal, or adds contacts or evidence. What of it weighs counts from ' +
    'when the docket takes it.',
  z.object({
    content: dealContentSchema,
    changed: z.array(contentFieldSchema).min(1),
    /** The reviewer's question that this answers, by its number on the docket. */
    answers: z.int().positive().nullable(),
  }),
  {
    upcasters: [(data) => ({ ...(data as object), answers: null })],
    shown: { partner: showsWithActor('content', 'changed', 'answers') },
  },
);

export const dealStageSchema = z.enum(['qualifying', 'proposing', 'negotiating', 'contracting']);
export type DealStage = z.infer<typeof dealStageSchema>;

export const dealStageReached = defineEvent(
  'deal-stage-reached',
  'How far the partner says that the sale has come.',
  z.object({ stage: dealStageSchema }),
  { shown: { partner: showsWithActor('stage') } },
);

const outcomeSchema = z.object({
  outcome: z.enum(['won', 'lost']),
  closedOn: daySchema,
  /** Why it was lost; of a win, what else there is to say. */
  reason: reasonSchema.nullable(),
  evidence: z.array(documentRefSchema),
});
export type Outcome = Readonly<z.infer<typeof outcomeSchema>>;

export const dealOutcomeClaimed = defineEvent(
  'deal-outcome-claimed',
  'The partner says how the sale ended. A win counts when the vendor confirms it on the docket.',
  outcomeSchema,
  { shown: { partner: showsWithActor('outcome', 'closedOn', 'reason', 'evidence') } },
);

export const dealEndSchema = z.enum(['withdrawn', 'released', 'rejected', 'lapsed', 'won', 'lost', 'superseded']);
export type DealEnd = z.infer<typeof dealEndSchema>;

export const dealEnded = defineEvent(
  'deal-ended',
  'The deal’s own note that its claim ended on the docket: the partner has nothing more to say of it.',
  z.object({ as: dealEndSchema }),
  { shown: { partner: shows('as') } },
);

export const dealEvents = [
  legacyDealRecorded,
  dealDrafted,
  dealContentRevised,
  dealDiscarded,
  submissionRehearsed,
  dealSubmitted,
  dealAmended,
  dealStageReached,
  dealOutcomeClaimed,
  dealEnded,
] as const;

export type DealEvent = EventOf<typeof dealEvents>;
