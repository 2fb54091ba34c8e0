import { words } from '../words';

export interface Money {
  readonly minorUnits: number;
  readonly currency: string;
}

/** `$15,000`; the minor units only where there are some. */
export const sayMoney = ({ minorUnits, currency }: Money): string => {
  const format = (digits?: number) =>
    new Intl.NumberFormat(words.language === 'en' ? 'en-US' : words.language, {
      style: 'currency',
      currency,
      ...(digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    });
  const { maximumFractionDigits = 2 } = format().resolvedOptions();
  const units = minorUnits / 10 ** maximumFractionDigits;
  return format(Number.isInteger(units) ? 0 : maximumFractionDigits).format(units);
};
