import { statfsSync } from 'node:fs';

/** Less than one transaction of the largest size takes, with the pages that it changes. */
const NO_ROOM_BYTES = 4 * 1024 * 1024;

/**
 * Why the log could not be written, as whoever looks after the machine puts it. LMDB calls a write of which a part only
 * found room an input/output error, so what is free on the disk is asked too.
 */
export const whyNotWritten = (error: string, freeBytes: number): string => {
  if (/No space left on device|Disk quota exceeded/.test(error) || freeBytes < NO_ROOM_BYTES)
    return `the disk is full (${error})`;
  if (/File too large|Input\/output error/.test(error))
    return `the disk took no more, at a limit of this process or by a fault of its own (${error})`;
  return error;
};

/** What a process may still write where this folder is; unlimited where the system does not say. */
export const freeBytesAt = (folder: string): number => {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
};
