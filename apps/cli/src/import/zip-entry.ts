import { basename, extname } from 'node:path';
import { crc32 } from 'node:zlib';

import { type Entry, openPromise } from 'yauzl';

import { InputError } from './input-error';

/** The content of one file of a zip, checked against its checksum. Throws `InputError`. */
export async function* readZipEntry(path: string, wanted: string | undefined): AsyncGenerator<Buffer, void, undefined> {
  const unreadable = (error: unknown): never => {
    throw new InputError(`${path} is a zip file that cannot be read: ${(error as Error).message}`);
  };
  const zip = await openPromise(path, { autoClose: false }).catch(unreadable);
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    const entry = choose(path, entries, wanted);
    let checksum = 0;
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
    if (checksum !== entry.crc32) throw new Error(`the checksum of ${entry.fileName} is wrong; get the file anew`);
  } catch (error) {
    if (error instanceof InputError) throw error;
    unreadable(error);
  } finally {
    zip.close();
  }
}

const choose = (path: string, entries: readonly Entry[], wanted: string | undefined): Entry => {
  const files = entries.filter(({ fileName }) => !fileName.endsWith('/'));
  const found =
    files.filter(({ fileName }) => fileName === wanted).slice(0, 1)[0] ??
    only(files.filter(({ fileName }) => isMeant(basename(fileName), wanted)));
  if (!found) {
    const names = files.map(({ fileName }) => `  ${fileName}`).join('\n');
    const missing = wanted === undefined ? 'not exactly one CSV file' : `not exactly one file "${wanted}"`;
    throw new InputError(`${path} holds ${missing}. Name one of these as "entry" in the mapping:\n${names}`);
  }
  if (!found.canDecodeFileData())
    throw new InputError(`${found.fileName} in ${path} is encrypted or packed in a way that is not supported.`);
  return found;
};

const isMeant = (name: string, wanted: string | undefined): boolean =>
  wanted === undefined ? extname(name).toLowerCase() === '.csv' : name === wanted;

const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined);
