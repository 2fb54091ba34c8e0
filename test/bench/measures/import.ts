import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { StoredEvent } from '@tempore/kernel';

import { generatedMapping, generatePipeline } from '../../../apps/cli/src/import/generated-pipeline';
import { type BareClient, type Content, openBareClient } from '../bare-client';
import { withInstallation } from '../installation';
import { readLog } from '../log';
import type { Measure } from '../measure';
import { median, timed } from '../rounds';

const SEED = 7;
/** As many as the real pipeline has that the import was first made for. */
const PARTNERS = 30;
const ACCOUNTS = 85;
/** How many deals an import has under way at once. */
const AT_ONCE = 64;

/** Imports the pipeline by the command line, from nothing, and hands back what is then on record. */
const importPipeline = (rows: number): Promise<{ readonly ms: number; readonly events: readonly StoredEvent[] }> =>
  withInstallation(async ({ folder, environment, store }) => {
    const [csv, map] = [join(folder, 'deals.csv'), join(folder, 'map.json')];
    writeFileSync(csv, [...generatePipeline({ rows, seed: SEED, partners: PARTNERS, accounts: ACCOUNTS })].join(''));
    writeFileSync(map, JSON.stringify(generatedMapping(SEED)));
    const command = [
      ...process.execArgv,
      join(process.cwd(), 'bin/tempore.js'),
      'import',
      'pipeline',
      csv,
      '--map',
      map,
      '--yes',
    ];
    const ms = await timed(() => promisify(execFile)(process.execPath, command, { env: environment }));
    return { ms, events: await readLog(store, ['partner', 'account', 'deal']) };
  });

/** Appends the same events, each to a stream of its own. */
const append = async (bare: BareClient, contents: readonly Content[]): Promise<void> => {
  const left = contents.values();
  const work = async (): Promise<void> => {
    for (const content of left) await bare.writer([content])();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};

/** Each takes many seconds in full. */
const MOST_TURNS = 3;

export const pipelineImport: Measure = {
  name: 'import',
  why: 'a sales pipeline of another system, by the command line, from its start to its end',
  run: async ({ pipelineRows, rounds }) => {
    const bare = openBareClient();
    const turns: { readonly value: number; readonly peer: number }[] = [];
    let appended = 0;
    try {
      // No turn warms up: every import is a process that begins cold.
      while (turns.length < Math.min(rounds, MOST_TURNS)) {
        const { ms, events } = await importPipeline(pipelineRows);
        const contents = events.map(({ type, data, metadata }) => ({ type, data, metadata }) as Content);
        turns.push({ value: ms / 1_000, peer: (await timed(() => append(bare, contents))) / 1_000 });
        appended = contents.length;
      }
    } finally {
      await bare.close();
    }
    return [
      {
        what: `${pipelineRows} rows`,
        value: median(turns.map(({ value }) => value)),
        unit: 's',
        peer: { what: `bare appends of its ${appended} events`, value: median(turns.map(({ peer }) => peer)) },
        ratio: median(turns.map(({ value, peer }) => value / peer)),
        aim: { of: 'value', most: 30 },
      },
    ];
  },
};
