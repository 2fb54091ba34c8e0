/**
 * Keeps the stores of a test run, those that are named in its arguments, in a throw-away folder. It is a process of
 * its own because it has to clean up also when the run is killed: it sees its channel to the run close.
 */
const { chmodSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const build = join(__dirname, '../../dist/libs');

/** Nothing here outlives the run, so nothing waits for the disk. */
const FLEETING = { synchronous_commit: 'off', max_connections: '300' };

const stores = {
  EVENTSTORE_URL: async (folder) => {
    const { startEventStoreNode } = require(join(build, 'embedded-eventstore/src'));
    return startEventStoreNode({ dataDir: join(folder, 'events'), sync: false });
  },
  DATABASE_URL: async (folder) => {
    const { erasePostgres, startPostgres } = require(join(build, 'embedded-postgres/src'));
    const dataDir = join(folder, 'postgres');
    const { url, stop } = await startPostgres({ dataDir, settings: FLEETING });
    return { url, stop: () => stop().then(() => erasePostgres(dataDir)) };
  },
};

const keep = async (names) => {
  const ended = new Promise((resolve) => process.once('disconnect', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'tempore-tests-'));
  // PostgreSQL, which never runs as root, has to get in.
  chmodSync(folder, 0o755);
  const opened = await Promise.allSettled(names.map((name) => stores[name](folder)));
  const failure = opened.find(({ status }) => status === 'rejected');
  const urls = opened.map(({ value }, index) => [names[index], value?.url]);
  if (process.connected) process.send(failure ? { failure: failure.reason.message } : { urls });
  if (!failure) await ended;
  await Promise.allSettled(opened.map(({ value }) => value?.stop()));
  rmSync(folder, { recursive: true, force: true });
  if (process.connected) process.disconnect();
};

void keep(process.argv.slice(2));
