import {
  accountAliasAdded,
  accountKeyConflictFound,
  accountOpened,
  accountRenamed,
  normaliseName,
} from '@messages/accounts';
import { catalogueOf, decode, type EventOf, type LoggedEvent, type StoredEvent, subjectOf } from '@tempore/kernel';
import { type Change, put, type RawView, type Row } from '@tempore/projections';
import type { ClientBase } from 'pg';

import { sequenceView } from '../sequence/sequence.view';
import { type AskedName, findLikeNames, type LikeName, type NearRow } from './like-names';
import { filedKeys } from './lookup-keys';

const NAME = 'filed_name';
const CONFLICT = 'possible_conflict';
const SHARED_KEY = 'shared_key';

/** The events that bring a name, or two customers under keys of one filing. */
const telling = [accountOpened, accountRenamed, accountAliasAdded, accountKeyConflictFound] as const;
const catalogue = catalogueOf(...telling);

/**
 * Every name that a customer ever had, filed under what it may be asked for by, and the pairs of customers whose names
 * are alike. Each new name is compared with those that stand before it in the log, so a pair has the sequence at which
 * it came to be. A pair that one filing named by its keys has the score 1, however little its names are alike.
 *
 * The view counts events as the sequence does; raise its version when normalising, keys or scores change.
 */
export const possibleConflictsView: RawView = {
  name: 'possible_conflicts',
  version: 3,
  onPoison: 'park',
  reads: 'everything',
  except: sequenceView.except ?? [],
  tables: [
    {
      name: NAME,
      columns: {
        account_id: 'uuid not null',
        /** Of the event that brought the name. */
        sequence: 'bigint not null',
        name: 'text not null',
        /** Normalised. */
        text: 'text not null',
        keys: 'text[] not null',
      },
      key: ['sequence'],
      // New entries go straight into the index: a list of pending ones would be read through by every question.
      earlyIndexes: ['USING gin (keys) WITH (fastupdate = off)'],
    },
    {
      name: CONFLICT,
      columns: {
        /** The lesser of the two ids. */
        account_id: 'uuid not null',
        other_id: 'uuid not null',
        /** Of all pairs of their names the one that is most alike, the earliest of equals. */
        name: 'text not null',
        other_name: 'text not null',
        score: 'float8 not null',
        reasons: 'text[] not null',
        /** Of the event that brought the later of the two names. */
        sequence: 'bigint not null',
      },
      key: ['account_id', 'other_id'],
      indexes: ['(other_id)', '(score, sequence, account_id, other_id)'],
    },
    {
      name: SHARED_KEY,
      columns: {
        account_id: 'uuid not null',
        other_id: 'uuid not null',
        sequence: 'bigint not null',
      },
      key: ['sequence'],
    },
  ],
  project: (event, sequence) => (catalogue.has(event.type) ? project(event, sequence) : []),
  settle: async (tx, changed, tableName) => {
    const names = changed.filter(({ table }) => table === NAME).map(toAsked);
    for (let at = 0; at < names.length; at += COMPARED_TOGETHER)
      await compare(tx, names.slice(at, at + COMPARED_TOGETHER), tableName);
    const shared = changed.flatMap((change) =>
      change.table === SHARED_KEY && change.op === 'put' ? [change.row] : [],
    );
    if (shared.length > 0) await pair(tx, shared, tableName);
  },
};

const project = (stored: StoredEvent, sequence: bigint): readonly Change[] => {
  const event = decode(catalogue, stored) as LoggedEvent<EventOf<typeof telling>>;
  if (event.type === 'account-key-conflict-found')
    return [put(SHARED_KEY, { account_id: subjectOf(event.stream), other_id: event.data.otherId, sequence })];
  return [file(event.stream, sequence, event.type === 'account-opened' ? event.data.legalName : event.data.name)];
};

type FiledName = Row & { readonly account_id: string; readonly sequence: bigint; readonly name: string };

const file = (stream: string, sequence: bigint, name: string): Change => {
  const normalised = normaliseName(name);
  const filed: FiledName = { account_id: subjectOf(stream), sequence, name };
  return put(NAME, { ...filed, text: normalised.text, keys: filedKeys(normalised) });
};

/** Bounds what one question holds in memory. */
const COMPARED_TOGETHER = 100;

const toAsked = (change: Change): AskedName => {
  if (change.op !== 'put') throw new TypeError('A filed name is never changed.');
  const { account_id, sequence, name } = change.row as FiledName;
  return { accountId: account_id, before: sequence, name };
};

/** Keeps for each pair of customers the names that are most alike. */
const compare = async (
  tx: ClientBase,
  asked: readonly AskedName[],
  tableName: (table: string) => string,
): Promise<void> => {
  const like = await findLikeNames(
    async (sql, parameters) => (await tx.query<NearRow>(sql, [...parameters])).rows,
    tableName(NAME),
    asked,
  );
  const best = new Map<string, ConflictRow>();
  for (const [index, one] of asked.entries())
    for (const other of like[index] ?? []) {
      const row = toRow(one, other);
      const pair = `${row.account_id} ${row.other_id}`;
      if (row.score > (best.get(pair)?.score ?? 0)) best.set(pair, row);
    }
  if (best.size === 0) return;
  await tx.query(
    `INSERT INTO ${tableName(CONFLICT)} AS known
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS found(account_id uuid, other_id uuid, name text, other_name text,
                                                            score float8, reasons text[], sequence bigint)
     ON CONFLICT (account_id, other_id) DO UPDATE
       SET name = excluded.name, other_name = excluded.other_name, score = excluded.score,
           reasons = excluded.reasons, sequence = excluded.sequence
       WHERE excluded.score > known.score`,
    [JSON.stringify([...best.values()])],
  );
};

/**
 * Keeps the pairs that one filing named, each since it was first, under the names that they had then. It stands whatever
 * their names are: what is compared later never passes a score of 1.
 */
const pair = async (tx: ClientBase, shared: readonly Row[], tableName: (table: string) => string): Promise<void> => {
  const nameOf = (id: string) =>
    `(SELECT name FROM ${tableName(NAME)} WHERE account_id = ${id} AND sequence < first.sequence
      ORDER BY sequence DESC LIMIT 1)`;
  await tx.query(
    `INSERT INTO ${tableName(CONFLICT)} AS known
       SELECT first.a, first.b, ${nameOf('first.a')}, ${nameOf('first.b')}, 1, ARRAY['shared-key'], first.sequence
       FROM (SELECT DISTINCT ON (a, b) * FROM (
               SELECT least(account_id, other_id) AS a, greatest(account_id, other_id) AS b, sequence
               FROM jsonb_to_recordset($1::jsonb) AS found(account_id uuid, other_id uuid, sequence bigint)) AS pairs
             ORDER BY a, b, sequence) AS first
     ON CONFLICT (account_id, other_id) DO UPDATE
       SET name = excluded.name, other_name = excluded.other_name, score = excluded.score,
           reasons = excluded.reasons, sequence = excluded.sequence
       WHERE NOT known.reasons @> excluded.reasons`,
    [JSON.stringify(shared, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))],
  );
};

interface ConflictRow {
  account_id: string;
  other_id: string;
  name: string;
  other_name: string;
  score: number;
  reasons: readonly string[];
  sequence: string;
}

const toRow = (one: AskedName, { accountId, name, score, reasons }: LikeName): ConflictRow => {
  const id = String(one.accountId);
  const found = { score, reasons, sequence: one.before.toString() };
  return id < accountId
    ? { account_id: id, other_id: accountId, name: one.name, other_name: name, ...found }
    : { account_id: accountId, other_id: id, name, other_name: one.name, ...found };
};
