import { compareNames, type NameScore, type NormalisedName, normaliseName } from '@messages/accounts';

import { askedKeys } from './lookup-keys';

/** A name to be compared with those on file from before a place in the order of events, its own account's excepted. */
export interface AskedName {
  readonly name: string;
  readonly before: bigint;
  readonly accountId: string | null;
}

/** A name on file that is like the one asked for. */
export interface LikeName {
  readonly accountId: string;
  readonly name: string;
  readonly sequence: string;
  /** From `SHOWN_FROM` to 1, with four decimals. */
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Below this score two names are taken for two companies. */
export const SHOWN_FROM = 0.5;

/** However many names share a word, no more are compared with a new one: the most similar by trigrams. */
const COMPARED_AT_MOST = 100;

type Query = (sql: string, parameters: readonly unknown[]) => Promise<readonly NearRow[]>;

export interface NearRow {
  /** Of the name asked for. */
  index: number;
  account_id: string;
  name: string;
  sequence: string;
}

/**
 * The names on file that are like each name asked for, in the order in which they were filed. The answer depends on
 * nothing but the names filed before the place given with each.
 */
export const findLikeNames = async (
  query: Query,
  table: string,
  asked: readonly AskedName[],
): Promise<readonly (readonly LikeName[])[]> => {
  const names = asked.map((one) => ({ ...one, normalised: normaliseName(one.name) }));
  const near = await query(
    // The sum keeps the planner from an index on sequences, through which it would read all there are.
    `SELECT asked.index, near.account_id, near.name, near.sequence
     FROM jsonb_to_recordset($1::jsonb) AS asked(index int, before bigint, account_id uuid, text text, keys text[])
     CROSS JOIN LATERAL (
       SELECT filed.account_id, filed.name, filed.sequence
       FROM ${table} AS filed
       WHERE filed.keys && asked.keys AND filed.sequence + 0 < asked.before
         AND filed.account_id IS DISTINCT FROM asked.account_id
       ORDER BY similarity(filed.text, asked.text) DESC, filed.sequence
       LIMIT ${COMPARED_AT_MOST}
     ) AS near
     ORDER BY asked.index, near.sequence`,
    [JSON.stringify(names.map(toParameter))],
  );
  const like = names.map((): LikeName[] => []);
  for (const { index, account_id, name, sequence } of near) {
    const one = names[index];
    const { score, reasons } = one ? compareNames(one.normalised, normaliseName(name)) : UNLIKE;
    const rounded = Math.round(score * 10_000) / 10_000;
    if (rounded >= SHOWN_FROM) like[index]?.push({ accountId: account_id, name, sequence, score: rounded, reasons });
  }
  return like;
};

const UNLIKE: NameScore = { score: 0, reasons: [] };

const toParameter = ({ before, accountId, normalised }: AskedName & { normalised: NormalisedName }, index: number) => ({
  index,
  before: before.toString(),
  account_id: accountId,
  text: normalised.text,
  keys: askedKeys(normalised),
});
