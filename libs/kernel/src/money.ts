import { code as currencyOf, codes } from 'currency-codes';
import { z } from 'zod';

/** An amount in integer minor units of an ISO 4217 currency: 10.50 USD is `{ minorUnits: 1050, currency: 'USD' }`. */
export interface Money {
  readonly minorUnits: number;
  readonly currency: string;
}

/** The library looks through a list for each question. */
const CURRENCIES: ReadonlySet<string> = new Set(codes());

const isCurrency = (value: string): boolean => CURRENCIES.has(value);

export const currencySchema = z
  .string()
  .refine(isCurrency, { error: 'must be an ISO 4217 currency code, such as USD' });

export const moneySchema = z.object({ minorUnits: z.int(), currency: currencySchema });

/** How many decimals the currency has: USD 2, JPY 0, BHD 3 (ISO 4217). Throws a RangeError on an unknown code. */
export const decimalsOf = (currency: string): number => {
  const known = currencyOf(currency);
  if (!known || known.code !== currency) throw new RangeError(`"${currency}" is not an ISO 4217 currency code`);
  return known.digits;
};

/**
 * Reads a decimal such as `1054`, `1,054.00` is not one. Throws a RangeError where the text is no number, has more
 * decimals than the currency, or passes what an integer holds exactly.
 */
export const parseMoney = (text: string, currency: string): Money => {
  const decimals = decimalsOf(currency);
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) throw new RangeError(`"${text}" is not a decimal number such as 1054.50`);
  const [, sign = '', whole = '', fraction = ''] = match;
  if (fraction.length > decimals) throw new RangeError(`"${text}" has more decimals than ${currency} (${decimals})`);
  const minorUnits = Number(sign + whole + fraction.padEnd(decimals, '0'));
  if (!Number.isSafeInteger(minorUnits)) throw new RangeError(`"${text}" is too large`);
  return { minorUnits: minorUnits === 0 ? 0 : minorUnits, currency };
};

/** `1054.00 USD`. */
export const formatMoney = ({ minorUnits, currency }: Money): string => {
  const decimals = decimalsOf(currency);
  const digits = Math.abs(minorUnits)
    .toString()
    .padStart(decimals + 1, '0');
  const split = digits.length - decimals;
  const amount = decimals === 0 ? digits : `${digits.slice(0, split)}.${digits.slice(split)}`;
  return `${minorUnits < 0 ? '-' : ''}${amount} ${currency}`;
};
