import type { LegacyDeal, LegacyStage } from '@messages/deals';
import { type Day, faultOfName, type Money, parseMoney } from '@tempore/kernel';

import type { DayReader } from './day-pattern';
import type { Finding } from './finding';
import type { Mapping } from './mapping';

export type Remark = Pick<Finding, 'kind' | 'what' | 'then'>;

/** What a cell says. Without a value it cannot be read, nor its row be recorded. */
export type Reading<Value> = { readonly value: Value; readonly remark?: Remark } | { readonly remark: Remark };

/** Names and references are indexed, and an index takes no novel. */
const MAX_LENGTH = 500;

const NOT_RECORDED = 'The row is not recorded.';

export const unreadable = (kind: Remark['kind'], what: string, remedy?: string): { readonly remark: Remark } => ({
  remark: { kind, what, then: remedy === undefined ? NOT_RECORDED : `${NOT_RECORDED} ${remedy}` },
});

export const readText = (text: string): Reading<string | null> => {
  if (text.length > MAX_LENGTH)
    return unreadable('CELL_TOO_LONG', `The cell has ${text.length} characters, more than ${MAX_LENGTH}.`);
  if (text === '') return { value: null };
  const fault = faultOfName(text);
  return fault === undefined ? { value: text } : unreadable('CELL_UNPRINTABLE', `The cell ${fault}.`);
};

export const readRequiredText = (text: string, missing: Remark['kind']): Reading<string> => {
  if (text === '') return unreadable(missing, 'The cell is empty.');
  const reading = readText(text);
  return 'value' in reading ? { value: text } : reading;
};

export const readProduct = (
  text: string,
  { known, spellings }: Mapping['products'],
): Reading<Pick<LegacyDeal, 'productLine' | 'productAsGiven'>> => {
  const reading = readRequiredText(text, 'PRODUCT_MISSING');
  if (!('value' in reading)) return reading;
  const line = new Map(Object.entries(spellings)).get(text) ?? text;
  if (line !== text)
    return {
      value: { productLine: line, productAsGiven: text },
      remark: { kind: 'PRODUCT_MAPPED', what: `"${text}" means "${line}".`, then: `Recorded as "${line}".` },
    };
  if (!known || known.includes(text)) return { value: { productLine: text, productAsGiven: null } };
  const remedy = 'Add it to products.spellings or products.known in the mapping.';
  return unreadable('PRODUCT_UNKNOWN', `"${text}" is no known product.`, remedy);
};

export const readStage = (text: string, stages: Mapping['stages']): Reading<LegacyStage> => {
  const stage = new Map(Object.entries(stages)).get(text);
  if (stage !== undefined) return { value: stage };
  const what = text === '' ? 'The cell is empty.' : `"${text}" is no known stage.`;
  return unreadable('STAGE_UNKNOWN', what, 'Add the spelling to stages in the mapping.');
};

export const readDay = (text: string, read: DayReader): Reading<Day | null> =>
  attempt('DAY_INVALID', () => (text === '' ? null : read(text)));

export const readMoney = (text: string, currency: string): Reading<Money | null> =>
  attempt('VALUE_INVALID', () => (text === '' ? null : parseMoney(text, currency)));

const attempt = <Value>(kind: Remark['kind'], read: () => Value): Reading<Value> => {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof RangeError) return unreadable(kind, `${error.message}.`);
    throw error;
  }
};
