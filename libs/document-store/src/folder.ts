import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { storeUnavailable } from './failures';
import { checked, type Content, type ObjectStore } from './object-store';

/** Objects as files of a folder, which all processes of an installation share. */
export const folderStore = (folder: string): ObjectStore => ({
  put: async (name, content) => {
    const draft = join(folder, 'incoming', randomUUID());
    try {
      await onDisk(() => mkdir(dirname(draft), { recursive: true, mode: 0o700 }));
      await write(draft, content);
      const path = join(folder, checked(typeof name === 'string' ? name : name()));
      await onDisk(() => moveInto(draft, path));
    } catch (error) {
      // What went wrong first is what is told.
      await rm(draft, { force: true }).catch(() => undefined);
      throw error;
    }
  },

  get: (name) =>
    onDisk(async () => {
      const file = await openIfThere(join(folder, checked(name)), 'r');
      return file?.createReadStream();
    }),

  remove: (name) =>
    onDisk(async () => {
      const path = join(folder, checked(name));
      const file = await openIfThere(path, 'r+');
      if (!file) return;
      await blank(file);
      await unlink(path);
      await syncFolder(dirname(path));
    }),
});

const write = async (path: string, content: Content): Promise<void> => {
  const file = await onDisk(() => open(path, 'wx', 0o600));
  try {
    for await (const chunk of content) await onDisk(() => file.writeFile(chunk));
    await onDisk(() => file.sync());
  } finally {
    await file.close();
  }
};

/** The rename is the moment at which the object is there; the folders above it have to survive a power cut too. */
const moveInto = async (draft: string, path: string): Promise<void> => {
  const first = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rename(draft, path);
  await syncFolder(dirname(path));
  if (first === undefined) return;
  for (let made = dirname(path); made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const BLANK = Buffer.alloc(65_536);

/** Overwrites a file before its name goes: a plain file system would leave the old bytes in free blocks. */
const blank = async (file: FileHandle): Promise<void> => {
  try {
    const { size } = await file.stat();
    for (let at = 0; at < size; at += BLANK.length) await file.write(BLANK, 0, Math.min(BLANK.length, size - at), at);
    await file.sync();
  } finally {
    await file.close();
  }
};

const openIfThere = async (path: string, flags: string): Promise<FileHandle | undefined> => {
  try {
    return await open(path, flags);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Tells a failing disk from a fault of whoever gives the content. */
const onDisk = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : storeUnavailable(error);
  }
};
