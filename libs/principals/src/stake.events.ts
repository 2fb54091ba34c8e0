import {
  adoptionSchema,
  defineEvent,
  type EventOf,
  idSchema,
  proposalSchema,
  reasonSchema,
  withdrawalSchema,
  showsWithActor,
} from '@tempore/kernel';
import { z } from 'zod';

/** What others say of somebody, against what people declare themselves. */
export const assignedStakeKindSchema = z.enum(['quota', 'territory', 'reporting-line']);

const assignedStakeSchema = z.object({
  stakeId: idSchema,
  on: z.enum(['account', 'partner']),
  id: idSchema,
  kind: assignedStakeKindSchema,
});
const declaredStakeSchema = assignedStakeSchema.extend({ kind: z.literal('declared') });

/** What ties somebody to a customer or a partner, so that they do not decide on it. */
export type Stake = Readonly<z.infer<typeof assignedStakeSchema> | z.infer<typeof declaredStakeSchema>>;

/** What of somebody's stakes only two people change together (rulebook 3). */
export const stakeChangeSchema = z.discriminatedUnion('of', [
  z.object({ of: z.literal('stake'), stake: assignedStakeSchema }),
  z.object({ of: z.literal('stake-end'), stakeId: idSchema }),
]);
export type StakeChange = z.infer<typeof stakeChangeSchema>;

export const stakeDeclared = defineEvent(
  'stake-declared',
  'Somebody says that they have a stake: from here on they decide nothing on it. That takes nobody else.',
  z.object({ stake: declaredStakeSchema, reason: reasonSchema }),
  { shown: { 'direct-team': showsWithActor('stake', 'reason') } },
);

export const stakeChangeProposed = defineEvent(
  'stake-change-proposed',
  'Somebody says of somebody that they have a stake, or have it no more; until a second person agrees nothing changes.',
  proposalSchema(stakeChangeSchema),
);

export const stakeChangeAdopted = defineEvent(
  'stake-change-adopted',
  'A second person, who is not the one with the stake, agrees: decisions from here on are judged by it.',
  adoptionSchema(stakeChangeSchema),
);

export const stakeChangeWithdrawn = defineEvent(
  'stake-change-withdrawn',
  'A proposed change is off the table.',
  withdrawalSchema,
);

export const stakeEvents = [stakeDeclared, stakeChangeProposed, stakeChangeAdopted, stakeChangeWithdrawn] as const;

export type StakeEvent = EventOf<typeof stakeEvents>;
