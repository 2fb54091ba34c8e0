import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, open, readdir, readFile, realpath, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isErrno } from './errno';
import { as, canReach, type OsUser } from './os-user';
import { openShelter } from './shelter';

/** A complete database cluster on disk: PostgreSQL's own folder, and the password of its superuser `postgres`. */
export type Cluster = { readonly data: string; readonly password: string };

const BUILDING = 'building-';

/** The cluster of a data folder, when it has one. It is there in full or not at all. */
export const findCluster = async (dataDir: string): Promise<Cluster | undefined> => {
  if (!(await readdir(dataDir)).includes('cluster')) return undefined;
  try {
    const folder = await realpath(join(dataDir, 'cluster'));
    return { data: join(folder, 'data'), password: await readFile(join(folder, 'password'), 'utf8') };
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
    throw new Error(`The database of ${dataDir} is damaged: its folder or its password file is gone. Restore them.`, {
      cause: error,
    });
  }
};

/**
 * Makes the cluster under another name and renames it as the last step, so a crash leaves nothing that a later
 * start would trust. Where the user cannot enter the data folder, the cluster lies in the shelter, and `cluster`
 * in the data folder is a link to it.
 */
export const createCluster = async (
  dataDir: string,
  options: { user: OsUser; binaries: string; shelterDir: string; log: (line: string) => void },
): Promise<void> => {
  await sweepUnfinished(dataDir);
  const building = join(dataDir, BUILDING + randomBytes(4).toString('hex'));
  const folder = await openBuildFolder(building, dataDir, options);
  await initdb(folder, options);
  for (const path of [folder, dirname(folder)]) await syncFolder(path);
  await rename(building, join(dataDir, 'cluster'));
  await syncFolder(dataDir);
};

/** Removes a cluster, wherever it lies. */
export const eraseCluster = async (dataDir: string): Promise<void> => {
  await sweepUnfinished(dataDir);
  await discard(join(dataDir, 'cluster'));
};

const openBuildFolder = async (
  building: string,
  dataDir: string,
  { user, shelterDir, log }: { user: OsUser; shelterDir: string; log: (line: string) => void },
): Promise<string> => {
  if (await canReach(user, dataDir)) {
    await mkdir(building);
  } else {
    const sheltered = await mkdtemp(join(await openShelter(shelterDir, user), 'cluster-'));
    await symlink(sheltered, building);
    log(`User id ${user.uid} cannot enter ${dataDir}: the database lies in ${sheltered}`);
  }
  await chmod(building, 0o755);
  return realpath(building);
};

const initdb = async (folder: string, { user, binaries }: { user: OsUser; binaries: string }): Promise<void> => {
  const data = join(folder, 'data');
  const password = join(folder, 'password');
  await mkdir(data, { mode: 0o700 });
  await writePrivately(password, randomBytes(24).toString('base64url'));
  for (const path of [data, password]) await chown(path, user.uid, user.gid);
  await promisify(execFile)(
    join(binaries, 'bin/initdb'),
    [
      `--pgdata=${data}`,
      `--pwfile=${password}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Order by code point and case by Unicode, whatever C library this or the next machine has.
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '--no-instructions',
    ],
    as(user),
  );
};

const writePrivately = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

const sweepUnfinished = async (dataDir: string): Promise<void> => {
  const unfinished = (await readdir(dataDir)).filter((name) => name.startsWith(BUILDING));
  for (const name of unfinished) await discard(join(dataDir, name));
};

/** Retries, because the initdb of a killed supervisor goes on writing until it misses its files. */
const discard = async (path: string): Promise<void> => {
  const target = await realpath(path).catch(() => path);
  for (const each of [target, path]) await rm(each, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
