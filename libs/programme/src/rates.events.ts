import {
  adoptionSchema,
  currencySchema,
  daySchema,
  defineEvent,
  type EventOf,
  proposalSchema,
  withdrawalSchema,
} from '@tempore/kernel';
import { z } from 'zod';

const rateSchema = z.object({
  currency: currencySchema,
  /** Of what currency `perUnit` counts: that of the programme when the rate was recorded. */
  to: currencySchema,
  /** What one unit is worth, as a decimal such as 1.12: a binary fraction would not be what the source says. */
  perUnit: z.string().regex(/^\d{1,12}(\.\d{1,12})?$/),
  source: z.string().trim().min(1),
  /** The day that the source names. */
  on: daySchema,
});
export type Rate = Readonly<z.infer<typeof rateSchema>>;

export const ratesChangeSchema = z.object({ rates: z.array(rateSchema).min(1) });
export type RatesChange = z.infer<typeof ratesChangeSchema>;

export const ratesProposed = defineEvent(
  'rates-proposed',
  'Somebody read exchange rates from a source; until a second person has seen the same, nothing is valued by them.',
  proposalSchema(ratesChangeSchema),
);

export const ratesAdopted = defineEvent(
  'rates-adopted',
  'A second person agrees: what is valued from here on, in one of the currencies, uses the rate of the latest day.',
  adoptionSchema(ratesChangeSchema),
);

export const ratesWithdrawn = defineEvent('rates-withdrawn', 'Proposed rates are off the table.', withdrawalSchema);

export const ratesEvents = [ratesProposed, ratesAdopted, ratesWithdrawn] as const;

export type RatesEvent = EventOf<typeof ratesEvents>;
