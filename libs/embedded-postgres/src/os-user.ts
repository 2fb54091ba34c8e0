import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** Numeric ids of the operating-system user that runs PostgreSQL. */
export type OsUser = { readonly uid: number; readonly gid: number };

/** The user of this process. */
export const currentUser = (): OsUser => {
  if (!process.getuid || !process.getgid) {
    throw new Error(`PostgreSQL cannot be supervised on ${process.platform}; connect to a server of your own instead.`);
  }
  return { uid: process.getuid(), gid: process.getgid() };
};

export const isRoot = (user: OsUser): boolean => user.uid === 0;

/** PostgreSQL refuses to run as root: root hands it to `postgres` where that user exists, else to `nobody`. */
export const userForNewCluster = async (): Promise<OsUser> => {
  const current = currentUser();
  if (!isRoot(current)) return current;
  const found = (await lookUp('postgres')) ?? (await lookUp('nobody'));
  if (!found) throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.');
  return found;
};

/** A data folder belongs to the user who made it, and PostgreSQL insists on being run by that user. */
export const ownerOf = async (folder: string): Promise<OsUser> => {
  const { uid, gid } = await stat(folder);
  const current = currentUser();
  if (isRoot(current) || current.uid === uid) return { uid, gid };
  throw new Error(
    `The database in ${folder} belongs to user id ${uid}, this process runs as ${current.uid}. ` +
      `Run as that user or as root, or choose another data folder.`,
  );
};

/** Whether the user may enter the folder, or run the file; every folder on the way counts. */
export const canReach = async (user: OsUser, path: string): Promise<boolean> => {
  try {
    await exec('test', ['-x', path], as(user));
    return true;
  } catch {
    return false;
  }
};

/**
 * How a process is started as the user. The working directory is one that everybody can enter, and PG* variables
 * of the surrounding shell stay outside.
 */
export const as = ({ uid, gid }: OsUser) => ({
  uid,
  gid,
  cwd: '/',
  env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_MESSAGES: 'C', TZ: 'UTC' },
});

const lookUp = async (name: string): Promise<OsUser | undefined> => {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await exec('id', [flag, name])).stdout)),
    );
    return uid !== undefined && gid !== undefined ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
};
