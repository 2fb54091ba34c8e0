import { daySchema, defineEvent, idSchema, instantSchema, shows } from '@tempore/kernel';
import { z } from 'zod';

const reason = z.string().trim().min(1);

export const winClaimed = defineEvent(
  'win-claimed',
  'The partner says that the customer bought: the vendor has until the deadline to confirm or refuse, and no window ' +
    'ends over it meanwhile.',
  z.object({
    dealId: idSchema,
    /** The partner's statement on the deal's stream. */
    statementId: idSchema,
    closedOn: daySchema,
    /** Nothing happens by itself when it passes: the vendor is in default, and seen to be. */
    answerBy: instantSchema,
  }),
  { shown: { partner: shows('dealId', 'statementId', 'closedOn', 'answerBy') } },
);

export const winConfirmed = defineEvent(
  'win-confirmed',
  'The vendor has the order: the claim is won, and credit for the sale hangs on this.',
  z.object({ dealId: idSchema }),
  { shown: { partner: shows('dealId') } },
);

export const winRefused = defineEvent(
  'win-refused',
  'The vendor knows of no such order: the claim stands as it stood, its window ends as it would have.',
  z.object({ dealId: idSchema, reason }),
  { shown: { partner: shows('dealId', 'reason') } },
);

export const claimLost = defineEvent(
  'claim-lost',
  'The partner says that it lost the sale: the place goes to the next in line.',
  z.object({ dealId: idSchema, statementId: idSchema, reason }),
  { shown: { partner: shows('dealId', 'statementId', 'reason') } },
);

export const claimSuperseded = defineEvent(
  'claim-superseded',
  'Another claim won the sale that this one was for.',
  z.object({ dealId: idSchema }),
  { shown: { partner: shows('dealId') } },
);

export const roundClosed = defineEvent(
  'round-closed',
  'The sale is over, won or lost by all: the next filing opens a new round.',
  z.object({ round: z.int().positive() }),
);

export const outcomeEvents = [winClaimed, winConfirmed, winRefused, claimLost, claimSuperseded, roundClosed] as const;
