import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

import { InputError } from './input-error';
import { readZipEntry } from './zip-entry';

const ZIP_MARKS = [Buffer.from('PK\x03\x04'), Buffer.from('PK\x05\x06')];
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

const startsWith = (bytes: Buffer, start: Buffer): boolean => bytes.subarray(0, start.length).equals(start);

/** The first bytes of a file. Throws `InputError` where it cannot be read. */
const firstBytes = async (path: string): Promise<Buffer> => {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${(error as Error).message}`);
  }
};

/** SHA-256 of a file as it lies there, in hex. Throws `InputError`. */
export const hashOf = async (path: string): Promise<string> => {
  await firstBytes(path);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

/** The text of a CSV file, plain or inside a zip, without its byte order mark. Throws `InputError`. */
export async function* readSource(path: string, entry: string | undefined): AsyncGenerator<Buffer, void, undefined> {
  const start = await firstBytes(path);
  const isZip = ZIP_MARKS.some((mark) => startsWith(start, mark));
  const chunks: AsyncIterable<Buffer> = isZip ? readZipEntry(path, entry) : createReadStream(path);
  let first = true;
  for await (const chunk of chunks) {
    yield first ? withoutMark(path, chunk) : chunk;
    first = false;
  }
}

const withoutMark = (path: string, bytes: Buffer): Buffer => {
  if (UTF16_MARKS.some((mark) => startsWith(bytes, mark))) throw new InputError(`${path} is UTF-16. Save it as UTF-8.`);
  return startsWith(bytes, UTF8_MARK) ? bytes.subarray(UTF8_MARK.length) : bytes;
};
