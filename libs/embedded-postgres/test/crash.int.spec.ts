import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { isRunning, query, until, Workbench } from './workbench';

const bench = new Workbench();
afterEach(() => bench.stop());
afterAll(() => bench.clear());

const newFolder = async () => join(await bench.folder(), 'postgres');

/** Making a database is the slow part: tests that need no fresh one share this. */
let dataDir: string;
beforeAll(async () => {
  dataDir = await newFolder();
});

const NEW_TABLE = ['drop table if exists kept', 'create table kept (n int)'];

describe('after a kill -9', () => {
  it('of PostgreSQL, then its end is reported, and the next start has every committed row', async () => {
    const first = await bench.start({ dataDir });
    await query(first.url, ...NEW_TABLE, 'insert into kept select generate_series(1, 1000)');

    process.kill(first.pid, 'SIGKILL');

    expect(await first.exited).toMatchObject({ code: null, signal: 'SIGKILL', stopped: false });
    const second = await bench.start({ dataDir });
    expect(await query(second.url, 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }]);
  });

  it('of the supervisor, then the next start stops the server left behind and has every committed row', async () => {
    const first = await bench.startInChild({ dataDir });
    await query(first.server.url, ...NEW_TABLE, 'insert into kept values (7)');

    process.kill(first.pid, 'SIGKILL');
    await until(() => !isRunning(first.pid));
    expect(isRunning(first.server.pid)).toBe(true);

    const lines: string[] = [];
    const second = await bench.start({ dataDir, log: (line) => lines.push(line) });
    expect(second.pid).not.toBe(first.server.pid);
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    expect(lines).toEqual([
      `Stopping the PostgreSQL (process ${first.server.pid}) that an earlier run left behind in ${second.data}`,
    ]);
  });

  it('of both at once, then the next start recovers', async () => {
    const first = await bench.startInChild({ dataDir });
    await query(first.server.url, ...NEW_TABLE, 'insert into kept values (7)');

    process.kill(first.server.pid, 'SIGKILL');
    process.kill(first.pid, 'SIGKILL');

    await until(() => !isRunning(first.pid));
    const second = await bench.start({ dataDir });
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('of PostgreSQL under a supervisor that lives on, when a client still works, then the next start waits for its end', async () => {
    const first = await bench.start({ dataDir });
    const working = query(first.url, `select pg_sleep(600)`).catch((error: unknown) => error);
    await until(async () => {
      const rows = await query(first.url, `select from pg_stat_activity where query like '%pg_sleep(600)'`);
      return rows.length > 0;
    });

    process.kill(first.pid, 'SIGKILL');
    await first.exited;

    expect(await query((await bench.start({ dataDir })).url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await working).toBeInstanceOf(Error);
  });

  it('given its process id now belongs to somebody else, when started, then that process is left alone', async () => {
    const first = await bench.start({ dataDir });
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const bystander = bench.bystander(await stat(first.data));
    const pidFile = join(first.data, 'postmaster.pid');
    await writeFile(pidFile, (await readFile(pidFile, 'utf8')).replace(/^\d+/, String(bystander)));

    const second = await bench.start({ dataDir });

    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(isRunning(bystander)).toBe(true);
  });

  it('in the middle of making the database, then the next start trusts nothing of it and leaves nothing of it', async () => {
    const fresh = await newFolder();
    const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
    const unfinished = async () => (await namesIn(fresh)).filter((name) => name.startsWith('building-'));
    const child = bench.spawnSupervisor({ dataDir: fresh });
    await until(async () => {
      const [building] = await unfinished();
      return building !== undefined && (await namesIn(join(fresh, building, 'data'))).includes('PG_VERSION');
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await unfinished()).toHaveLength(1);

    const { url } = await bench.start({ dataDir: fresh });

    expect(await query(url, 'select current_database() as name')).toEqual([{ name: 'tempore' }]);
    expect(await unfinished()).toEqual([]);
  });
});
