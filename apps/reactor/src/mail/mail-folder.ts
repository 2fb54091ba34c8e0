import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the mails to a recipient lie, such as `person/<id>`: apart from those to others, so that they can be found again. */
export const folderOf = (folder: string, recipient: string): string => join(folder, recipient);

/** The people to whom mails lie here. */
export const peopleIn = async (folder: string): Promise<readonly string[]> => namesIn(join(folder, 'person'));

/** Removes every mail to a person. */
export const forgetPerson = (folder: string, personId: string): Promise<void> =>
  rm(folderOf(folder, `person/${personId}`), { recursive: true, force: true });

/** Removes mails that an earlier release put here side by side: nobody can tell whose they are, so nobody could forget them. */
export const forgetUnsorted = async (folder: string): Promise<void> => {
  for (const name of await namesIn(folder)) if (name.endsWith('.eml')) await rm(join(folder, name), { force: true });
};

const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};
