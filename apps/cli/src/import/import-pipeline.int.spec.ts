import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEventStoreNode } from '@tempore/embedded-eventstore';
import { type EventStore, openEventStore, StoreUnavailable } from '@tempore/event-store';
import { parseInstant } from '@tempore/kernel';

import { watched } from '../../../../libs/event-store/test/jar';
import { deriveSecrets } from '../../../composition/src/secrets';
import { FindingLog } from './finding-log';
import { generatedMapping, generatePipeline } from './generated-pipeline';
import { importerOf, record, survey } from './import-pipeline';
import { parseMapping } from './mapping';
import { hashOf } from './source-file';

const ROWS = 40;
const LINES = [...generatePipeline({ rows: ROWS, seed: 1, partners: 3, accounts: 5 })];
const mapping = parseMapping(generatedMapping(1), 'map.json');
const clock = () => parseInstant('2026-05-01T12:00:00.000Z');
const { signal } = new AbortController();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tempore-import-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Imports the first rows of the pipeline over a log, and tells what the log was asked for it. */
const importRows = async (rows: number, log: EventStore) => {
  const path = join(folder, 'deals.csv');
  writeFileSync(path, LINES.slice(0, rows + 1).join(''));
  const file = { path, mapping, hash: await hashOf(path) };
  const store = watched(log);
  const importer = importerOf(file, deriveSecrets('secret'), clock);
  const run = { file, store, importer, findings: new FindingLog(), signal };
  const found = await survey(run, () => undefined);
  const surveyed = { ...store.asked };
  const tally = await record(run, found, () => undefined);
  return { found, tally, surveyed, asked: store.asked };
};

it('given an import that stopped half way, when it goes on, then the log is gone through once, and only what is missing is told', async () => {
  // Of its own: how far away the end is, others would say in a shared one.
  const node = await startEventStoreNode({ dataDir: join(folder, 'events') });
  const log = openEventStore({ url: node.url });
  try {
    const first = await importRows(ROWS / 2, log);
    expect(first.tally.deal).toEqual({ new: ROWS / 2, there: 0, refused: 0 });
    expect(first.surveyed).toEqual({ loads: 0, appends: 0 });
    expect(first.asked.loads).toBe(0);

    const second = await importRows(ROWS, log);
    expect(second.found.tally.deal).toEqual({ new: ROWS / 2, there: ROWS / 2, refused: 0 });
    expect(second.tally).toEqual(second.found.tally);
    const { partner, account, deal } = second.tally;
    expect(second.asked).toEqual({ loads: 0, appends: 2 * partner.new + account.new + deal.new });

    const third = await importRows(ROWS, log);
    expect(third.tally.deal).toEqual({ new: 0, there: ROWS, refused: 0 });
    expect(third.asked).toEqual({ loads: 0, appends: 0 });
  } finally {
    await log.close();
    await node.stop();
  }
});

it('given a log that does not answer, then the survey ends when a read gives up', async () => {
  const log = openEventStore({ url: 'esdb://127.0.0.1:1?tls=false', patience: { tryMs: 200, totalMs: 500 } });
  try {
    await expect(importRows(1, log)).rejects.toThrow(StoreUnavailable);
  } finally {
    await log.close();
  }
});
