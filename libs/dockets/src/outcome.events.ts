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
    /** When it passes the win escalates, and stays unanswered: money depends on it, so silence decides nothing. */
    answerBy: instantSchema,
  }),
  { shown: { partner: shows('dealId', 'statementId', 'closedOn', 'answerBy') } },
);

export const winEscalated = defineEvent(
  'win-escalated',
  'The vendor has not answered a claimed win in time: it goes to the manager’s superior, and from there to the head of ' +
    'the programme. Nothing is decided by that.',
  z.object({
    dealId: idSchema,
    /** The statement of the win that waits. */
    statementId: idSchema,
    to: z.enum(['superior', 'head-of-programme']),
    /** When it goes on from there; null at the head. */
    escalatesAt: instantSchema.nullable(),
  }),
  { shown: { partner: shows('dealId') } },
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

export const outcomeEvents = [
  winClaimed,
  winEscalated,
  winConfirmed,
  winRefused,
  claimLost,
  claimSuperseded,
  roundClosed,
] as const;
