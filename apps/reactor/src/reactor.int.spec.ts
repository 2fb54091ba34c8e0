import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { readSettings } from '@tempore/settings';
import pino from 'pino';

import { type Database, eventStoreUrl, freshDatabase, freshNamespace, until } from '../../../test/stores';
import { Lifetime } from '../../composition/src/lifetime';
import { openContext } from '../../composition/src/run-app';
import { startProjector } from '../../projector/src/projector';
import { startReactor } from './reactor';

interface Line {
  readonly level: number;
  readonly msg: string;
}

const WARN = 40;

let database: Database;
let dataDir: string;
beforeAll(async () => {
  database = await freshDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'tempore-reactor-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

it('given a database that no projector has been at, when the reactor starts, then it says that it waits for the views, and its log holds no error', async () => {
  const stores = { eventStoreUrl: eventStoreUrl(), databaseUrl: database.url, namespace: freshNamespace() };
  const lines: Line[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line) as Line) });
  const lifetime = new Lifetime(logger);
  const said = (text: string) => () => lines.some(({ msg }) => msg.includes(text));
  try {
    const context = await openContext({ ...readSettings({ TEMPORE_DATA: dataDir }), ...stores }, logger, lifetime);
    await startReactor(context);
    await until('it says so', said('waits for a projector'));
    await sleep(1_500);
    await startProjector(context);
    await until('it goes on', said('active'));
  } finally {
    await lifetime.end();
  }
  expect(lines.filter(({ level }) => level >= WARN)).toEqual([]);
});
