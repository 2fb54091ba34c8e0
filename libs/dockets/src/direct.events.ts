import { defineEvent, idSchema, instantSchema, showsWithActor } from '@tempore/kernel';
import { z } from 'zod';

import { touchSchema } from './touch';

const reason = z.string().trim().min(1);
const docket = { accountId: idSchema, productLine: z.string().min(1) };

export const directOpportunityOpened = defineEvent(
  'direct-opportunity-opened',
  'The vendor’s own team says on the docket that it pursues this sale: without that its touches block nobody.',
  z.object({ ...docket, opportunityId: idSchema, reason }),
  { shown: { 'direct-team': showsWithActor('accountId', 'productLine', 'opportunityId', 'reason') } },
);

export const directOpportunityClosed = defineEvent(
  'direct-opportunity-closed',
  'The vendor’s own team pursues this sale no more.',
  z.object({ opportunityId: idSchema, reason }),
  { shown: { 'direct-team': showsWithActor('opportunityId', 'reason') } },
);

export const directTouchRecorded = defineEvent(
  'direct-touch-recorded',
  'The vendor’s own team met, called or wrote to the customer. Held to the same standard as a partner’s: only ' +
    'progress counts, from when it was recorded.',
  z.object({ opportunityId: idSchema, touch: touchSchema, progress: z.boolean() }),
  { shown: { 'direct-team': showsWithActor('opportunityId', 'touch', 'progress') } },
);

export const tenderPublished = defineEvent(
  'tender-published',
  'The customer asks for bids in public: whoever has not filed before that cannot claim to have originated the sale.',
  z.object({ ...docket, reference: z.string().trim().min(1), publishedAt: instantSchema, reason }),
);

export const tenderClosed = defineEvent(
  'tender-closed',
  'The tender was awarded, withdrawn or recorded in error: it stands in nobody’s way any more.',
  z.object({ reference: z.string().trim().min(1), reason }),
);

export const directEvents = [
  directOpportunityOpened,
  directOpportunityClosed,
  directTouchRecorded,
  tenderPublished,
  tenderClosed,
] as const;
