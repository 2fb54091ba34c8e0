import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

const ROTATE_AT_BYTES = 10 * 1024 * 1024;
const TAIL_BYTES = 8 * 1024;
const TAIL_LINES = 20;

/** The server writes to a file, not to a pipe: it may outlive this process, and its last words must not be lost. */
export type ServerLog = {
  readonly fd: number;
  /** The last lines the server wrote since the log was opened. */
  tail(): Promise<string>;
  close(): Promise<void>;
};

/** Appends to `server.log`; a grown one is kept once, as `server.log.1`. */
export const openServerLog = async (dataDir: string): Promise<ServerLog> => {
  const path = join(dataDir, 'server.log');
  const size = await stat(path).then(
    (file) => file.size,
    () => 0,
  );
  if (size > ROTATE_AT_BYTES) await rename(path, `${path}.1`);
  const file = await open(path, 'a+', 0o600);
  const { size: start } = await file.stat();
  return { fd: file.fd, tail: () => tailOf(file, start), close: () => file.close() };
};

const tailOf = async (file: FileHandle, start: number): Promise<string> => {
  const { size } = await file.stat();
  const from = Math.max(start, size - TAIL_BYTES);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  return buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
};
