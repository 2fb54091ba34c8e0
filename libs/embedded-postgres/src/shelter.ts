import { chmod, mkdir, stat } from 'node:fs/promises';
import { canReach, currentUser, isRoot, type OsUser } from './os-user';

/** Where to keep what cannot be used in its own place: root needs a folder that PostgreSQL's user can enter. */
export const defaultShelter = (dataDir: string): string => (isRoot(currentUser()) ? '/var/lib/tempore' : dataDir);

/** Makes the folder, and as root refuses one whose files somebody else could exchange. */
export const openShelter = async (folder: string, user: OsUser): Promise<string> => {
  if (await mkdir(folder, { recursive: true })) await chmod(folder, 0o755);
  const { uid, mode } = await stat(folder);
  if (isRoot(currentUser()) && (uid !== 0 || (mode & 0o022) !== 0)) {
    throw new Error(`shelterDir ${folder} must belong to root and be writable by nobody else.`);
  }
  if (!(await canReach(user, folder))) {
    throw new Error(`User id ${user.uid} cannot enter shelterDir ${folder}. Choose one that everybody can enter.`);
  }
  return folder;
};
