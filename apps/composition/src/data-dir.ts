import { chmodSync, linkSync, lstatSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';

/** Where the embedded event store keeps its log. */
export const logFolder = (dataDir: string): string => join(dataDir, 'eventstore');

const readIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const OWNER_ALONE = 0o700;
/** Others get through to what they know the name of and may open, and see nothing on the way. */
const PASSABLE = 0o711;

/** Makes the data folder, and closes it to everybody but its owner. One of another user's is left as it is. */
export const openDataDir = (path: string): void => {
  mkdirSync(path, { recursive: true, mode: OWNER_ALONE });
  const { uid, mode } = statSync(path);
  const wanted = uid === 0 && holdsDatabase(path) ? PASSABLE : OWNER_ALONE;
  if (uid === process.getuid?.() && (mode & 0o777) !== wanted) chmodSync(path, wanted);
};

/**
 * Whether a PostgreSQL of before lies in it. Root has it run by another user, who has to get there; where the folder was
 * closed from the first, it lies elsewhere, behind a link.
 */
const holdsDatabase = (path: string): boolean =>
  lstatSync(join(path, 'postgres', 'cluster'), { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * The content of a private file, made by the first who asks. The file appears whole or not at all, and of two processes
 * that make it at once both end with the same content.
 */
export const readOrCreate = (path: string, create: () => string): string => {
  const known = readIfThere(path);
  if (known !== undefined) return known;
  openDataDir(dirname(path));
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, create(), { mode: 0o600 });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(path, 'utf8');
};
