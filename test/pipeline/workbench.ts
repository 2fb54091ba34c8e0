import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { categories } from '@tempore/catalogue';
import type { StoredEvent } from '@tempore/kernel';
import { openViewWatch } from '@tempore/projections';
import { type Database, pipelineTotals } from '@tempore/read-models';

import { READ_SCHEMA, views } from '../../apps/composition/src/views';
import { startSystem, type System } from '../harness/system';
import type { Figures } from './figures';

export interface CliExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

export interface Cli {
  readonly child: ChildProcess;
  readonly exit: Promise<CliExit>;
  /** Resolves when the import has recorded a tenth, or has ended. */
  readonly underWay: Promise<void>;
}

/** A system, a folder for files, and the command line beside it, as a person would use them. */
export interface Workbench {
  readonly folder: string;
  readonly start: (...args: readonly string[]) => Cli;
  readonly run: (...args: readonly string[]) => Promise<CliExit>;
  /** What the log says of partners, accounts and deals, in its order. */
  readonly log: () => Promise<StoredEvent[]>;
  /** What the read models show once they have caught up with the log. */
  readonly shown: () => Promise<Figures>;
  readonly dropViews: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const REBUILD_MS = 60_000;

export const openWorkbench = async (): Promise<Workbench> => {
  const system = await startSystem();
  const folder = mkdtempSync(join(tmpdir(), 'tempore-pipeline-'));
  const start = (...args: readonly string[]): Cli => startCli(system, folder, args);
  return {
    folder,
    start,
    run: (...args) => start(...args).exit,
    log: () => readLog(system, ['partner', 'account', 'deal']),
    shown: async () => {
      await viewsCaughtUp(system);
      return shownFigures(readSide(system));
    },
    dropViews: async () => {
      await system.stores.readSide.pool.query(`DROP SCHEMA ${READ_SCHEMA} CASCADE`);
    },
    close: async () => {
      await system.stop();
      rmSync(folder, { recursive: true });
    },
  };
};

const startCli = ({ settings }: System, cwd: string, args: readonly string[]): Cli => {
  const child = spawn(process.execPath, [join(__dirname, '../../bin/tempore.js'), ...args], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      TEMPORE_DATA: settings.dataDir,
      TEMPORE_NAMESPACE: settings.namespace,
      EVENTSTORE_URL: settings.eventStoreUrl,
      DATABASE_URL: settings.databaseUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const exit = ended.then(async ([code, signal]) => {
    const [output, errors] = await said;
    return { code, signal, output, errors };
  });
  const underWay = Promise.race([once(child.stderr, 'data'), ended]).then(() => undefined);
  return { child, exit, underWay };
};

const readLog = async ({ stores }: System, of: readonly string[]): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  const { signal } = new AbortController();
  for await (const event of stores.eventStore.readAll({ categories: of, signal })) events.push(event);
  return events;
};

const viewsCaughtUp = async (system: System): Promise<void> => {
  const last = (await readLog(system, categories)).at(-1);
  if (!last) return;
  const watch = await openViewWatch({ connectionString: system.settings.databaseUrl, schema: READ_SCHEMA });
  try {
    await Promise.all(views.map(({ name }) => watch.reached(name, last.position, REBUILD_MS)));
  } finally {
    await watch.close();
  }
};

const readSide = ({ stores }: System): Database => ({
  query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
    (await stores.readSide.pool.query(sql, [...parameters])).rows as Row[],
});

const shownFigures = async (database: Database): Promise<Figures> => {
  const count = async (from: string): Promise<number> => {
    const [row] = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${from}`);
    return row?.count ?? 0;
  };
  const totals = await pipelineTotals(database, {});
  const unlinked = await pipelineTotals(database, { linked: false });
  const won = totals.find(({ stage }) => stage === 'won')?.value;
  const quarters: Record<string, number> = {};
  for (const [index, [from, to]] of QUARTERS.entries()) {
    const quarter = { stages: ['won'], closedFrom: `2017-${from}`, closedTo: `2017-${to}` };
    const [sum] = await pipelineTotals(database, quarter);
    if (sum?.value) quarters[`2017-Q${index + 1}`] = sum.value.minorUnits;
  }
  const stages: Record<string, number> = {};
  for (const total of totals) stages[total.stage] = (stages[total.stage] ?? 0) + total.count;
  return {
    partners: await count(`rm.partner WHERE status = 'active'`),
    accounts: await count('rm.account'),
    deals: await count('rm.deal'),
    stages,
    unlinked: unlinked.reduce((sum, total) => sum + total.count, 0),
    respelled: await count('rm.deal WHERE product_as_given IS NOT NULL'),
    won: won?.minorUnits ?? 0,
    quarters,
  };
};

const QUARTERS = [
  ['01-01', '03-31'],
  ['04-01', '06-30'],
  ['07-01', '09-30'],
  ['10-01', '12-31'],
] as const;
