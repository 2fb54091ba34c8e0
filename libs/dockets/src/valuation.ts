import { currencySchema, daySchema, decimalsOf, idSchema, type Money, moneySchema, Refusal } from '@tempore/kernel';
import { z } from 'zod';

/** What one unit of a currency is worth in the programme's, who says so and for which day. */
export const rateSchema = z.object({
  currency: currencySchema,
  /** A decimal such as 1.12. */
  perUnit: z.string().regex(/^\d+(\.\d+)?$/),
  source: z.string().min(1),
  on: daySchema,
});
export type Rate = Readonly<z.infer<typeof rateSchema>>;

export interface Valuation {
  /** In the programme's currency. */
  readonly value: Money;
  /** The rates that were used; none where everything is in the programme's currency. */
  readonly rates: Rate[];
}

/** What a claim was filed together with; every amount is in the programme's currency (rulebook 1, project value). */
export const projectSchema = z.object({
  /** The form with several lines that it came on; null where it was submitted by itself. */
  formId: idSchema.nullable(),
  /** All lines of the form as submitted, the claim's own among them, and the rates that the others took. */
  lines: moneySchema,
  rates: z.array(rateSchema),
  /** The other live claims of the partner's group on the docket; those of the same form count as lines. */
  onDocket: moneySchema,
  /** Those on the customer's other dockets as a view knew them at the filing; null where no view could be asked. */
  elsewhere: moneySchema.nullable(),
});
export type Project = Readonly<z.infer<typeof projectSchema>>;

/**
 * What the limit of a rule and the review threshold are held against: all lines of the form, and the other live claims of
 * the partner's group on the customer, of those that were recorded before the filing (rulebook 1 and 3).
 */
export const projectValueOf = ({
  lines,
  onDocket,
  elsewhere,
}: Pick<Project, 'lines' | 'onDocket' | 'elsewhere'>): Money => ({
  ...lines,
  minorUnits: lines.minorUnits + onDocket.minorUnits + (elsewhere?.minorUnits ?? 0),
});

/** The amounts that there is a rate for. A line without one cannot be filed, and says nothing of the others. */
export const countable = (amounts: readonly Money[], currency: string, rates: readonly Rate[]): readonly Money[] =>
  amounts.filter(({ currency: code }) => code === currency || rates.some((rate) => rate.currency === code));

/** Each amount is converted once and then summed (rulebook 2.8). Throws `RATE_MISSING` or `VALUE_TOO_LARGE`. */
export const valuationOf = (amounts: readonly Money[], currency: string, rates: readonly Rate[]): Valuation => {
  const foreign = [...new Set(amounts.map((amount) => amount.currency))].filter((code) => code !== currency);
  const used = foreign.map((code) => rateOf(code, currency, rates));
  const converted = amounts.map((amount) => {
    const rate = used.find((candidate) => candidate.currency === amount.currency);
    return rate ? convert(amount, rate, currency) : amount.minorUnits;
  });
  const minorUnits = converted.reduce((sum, units) => sum + units, 0);
  if (!Number.isSafeInteger(minorUnits)) throw tooLarge(currency);
  return { value: { minorUnits, currency }, rates: used };
};

const tooLarge = (currency: string): Refusal =>
  new Refusal('VALUE_TOO_LARGE', 'invalid', `value is more than can be counted in ${currency}.`, {
    remedy: 'Check the minor units: 1500000 is 15,000.00 USD.',
    facts: { largest: { minorUnits: Number.MAX_SAFE_INTEGER, currency } },
  });

const rateOf = (code: string, currency: string, rates: readonly Rate[]): Rate => {
  const rate = rates.find((candidate) => candidate.currency === code);
  if (rate) return rate;
  throw new Refusal('RATE_MISSING', 'conflict', `There is no rate from ${code} to ${currency}.`, {
    remedy: `Give the value in ${currency}, or have the programme record a rate.`,
    facts: { currency: code },
  });
};

/** Rounds half a minor unit away from zero, in whole numbers throughout. */
const convert = ({ minorUnits, currency: from }: Money, { perUnit }: Rate, to: string): number => {
  const [whole = '', fraction = ''] = perUnit.split('.');
  const numerator = BigInt(minorUnits) * BigInt(whole + fraction) * 10n ** BigInt(decimalsOf(to));
  const denominator = 10n ** BigInt(fraction.length + decimalsOf(from));
  const half = numerator < 0n ? -denominator / 2n : denominator / 2n;
  return Number((numerator + half) / denominator);
};
