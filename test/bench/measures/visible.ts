import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { categories } from '@tempore/catalogue';
import { deal } from '@tempore/deals';
import { CommandRunner } from '@tempore/event-store';
import { openViewWatch, type ViewWatch } from '@tempore/projections';
import { type Database, findDeal } from '@tempore/read-models';
import { parseDay } from '@tempore/kernel';
import { aContent } from '@tempore/testing';
import { Pool } from 'pg';

import { READ_SCHEMA, views } from '../../../apps/composition/src/views';
import { freshMeta } from '../acting';
import { type BareClient, openBareClient } from '../bare-client';
import { BUILT_WITHIN_MS } from '../built-views';
import { type Installation, withInstallation } from '../installation';
import { countLog } from '../log';
import type { Figure, Measure, Size } from '../measure';
import { goOn } from '../programme-log';
import { quantile } from '../rounds';

const RATES = [200, 500];
const AIMS = [
  { share: 0.5, most: 5 },
  { share: 0.99, most: 20 },
];
const PATIENCE_MS = 60_000;

/** What is there before the answer is there at once: no ratio can be taken to nothing. */
const AT_ONCE_MS = 0.001;

/** From the answer of a command, in ms. */
interface Seen {
  readonly inView: number;
  readonly bySubscription: number;
}

interface Desk {
  readonly runner: CommandRunner;
  readonly watch: ViewWatch;
  readonly database: Database;
  /** When the bare client's subscription was told of a stream. */
  readonly told: (stream: string) => Promise<number>;
}

/** Drafts a deal, and waits for it as a reader does who wants to see what it did. */
const draftAndLook = async ({ runner, watch, database, told }: Desk): Promise<Seen> => {
  const [id, data] = [
    randomUUID(),
    { partnerId: randomUUID(), content: aContent({ estimatedClose: parseDay('2099-12-31') }) },
  ];
  const heard = told(`deal-${id}`);
  const { position } = await runner.run(deal, id, { type: 'DraftDeal', data }, freshMeta(), {});
  const answered = performance.now();
  if (!position) throw new Error('a draft left no event');
  await watch.reached('deals', position, PATIENCE_MS);
  if (!(await findDeal(database, id))) throw new Error('the view says that it has what it has not');
  const inView = performance.now() - answered;
  return { inView, bySubscription: Math.max(AT_ONCE_MS, (await heard) - answered) };
};

/** Begins so many a second, however long each takes. */
const atRate = async <T>(rate: number, ms: number, begin: () => Promise<T>): Promise<T[]> => {
  const begun: Promise<T>[] = [];
  const began = performance.now();
  while (begun.length < (rate * ms) / 1_000) {
    const due = Math.min((rate * ms) / 1_000, ((performance.now() - began) * rate) / 1_000);
    while (begun.length < due) begun.push(begin());
    await sleep(1);
  }
  return Promise.all(begun);
};

/** Hears of every stream of an installation by the bare client, as one would who has nothing else. */
const listen = async (bare: BareClient, namespace: string) => {
  const waiting = new Map<string, (at: number) => void>();
  const stop = await bare.follow(`${namespace}.deal-`, (stream) => waiting.get(stream)?.(performance.now()));
  const told = (stream: string): Promise<number> =>
    new Promise((resolve) => waiting.set(`${namespace}.${stream}`, resolve));
  return { told, stop };
};

const withDesk = async <T>(installation: Installation, work: (desk: Desk) => Promise<T>): Promise<T> => {
  const { databaseUrl, namespace, store } = installation;
  const watch = await openViewWatch({ connectionString: databaseUrl, schema: READ_SCHEMA });
  const pool = new Pool({ connectionString: databaseUrl });
  pool.on('error', () => undefined);
  const bare = openBareClient();
  try {
    const { told, stop } = await listen(bare, namespace);
    const database: Database = {
      query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
        (await pool.query(sql, [...parameters])).rows as Row[],
    };
    const done = await work({ runner: new CommandRunner(store), watch, database, told });
    await stop();
    return done;
  } finally {
    await bare.close();
    await pool.end();
    await watch.close();
  }
};

const figuresOf = (what: string, seen: readonly Seen[]): readonly Figure[] =>
  AIMS.map(({ share, most }) => {
    const value = quantile(
      seen.map(({ inView }) => inView),
      share,
    );
    const peer = quantile(
      seen.map(({ bySubscription }) => bySubscription),
      share,
    );
    const name = `p${share * 100}`;
    return {
      what: `${what}, ${name}`,
      value,
      unit: 'ms',
      peer: { what: `bare subscription, ${name}`, value: peer },
      ratio: value / peer,
      aim: { of: 'value', most },
    };
  });

/** Waits until every view has what is on record. */
const caughtUp = async ({ store }: Installation, { watch }: Desk): Promise<void> => {
  const { end } = await countLog(store, categories);
  await Promise.all(views.map(({ name }) => watch.reached(name, end, BUILT_WITHIN_MS)));
};

const measureAfter = async (events: number, desk: Desk, { rounds, roundMs }: Size): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const rate of RATES) {
    await atRate(rate, roundMs, () => draftAndLook(desk));
    const seen = await atRate(rate, rounds * roundMs, () => draftAndLook(desk));
    figures.push(...figuresOf(`${rate}/s after ${events} events`, seen));
  }
  return figures;
};

export const visible: Measure = {
  name: 'visible',
  why: 'from the answer of a command to its row before a reader, the projector in a process of its own',
  run: (size) =>
    withInstallation(async (installation) => {
      installation.startProjector();
      return withDesk(installation, async (desk) => {
        const [events] = size.events;
        // Something has to stand there for the views to reach.
        await goOn(installation.store, 1);
        await caughtUp(installation, desk);
        const onEmptyLog = await measureAfter(0, desk, size);
        await goOn(installation.store, events);
        await caughtUp(installation, desk);
        return [...onEmptyLog, ...(await measureAfter(events, desk, size))];
      });
    }),
};
