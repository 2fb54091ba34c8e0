import { createHash } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isErrno } from './errno';

/** A killed process keeps its sockets until its last thread has ended. */
const PATIENCE_MS = 2_000;

/** Gives the folder back. */
export type Release = () => Promise<void>;

/**
 * One supervisor per data folder. A listening socket dies with its process, however that ends, so no stale lock
 * outlives a `kill -9`.
 * @throws when another process, or this one, already supervises the folder
 */
export const lockFolder = async (folder: string): Promise<Release> => {
  const path = socketPath(folder);
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    try {
      return await listen(path);
    } catch (error) {
      if (!isErrno(error, 'EADDRINUSE')) throw error;
    }
    if (!isAbstract(path) && !(await isHeld(path))) await unlink(path);
    await sleep(50);
  }
  throw new Error(`The data folder ${folder} is in use: a running process supervises its PostgreSQL. Stop it first.`);
};

/** Linux has socket names outside the file system; elsewhere a killed process leaves a file that nobody answers on. */
const socketPath = (folder: string): string => {
  const name = `tempore-postgres-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), name);
};

const isAbstract = (path: string): boolean => path.startsWith('\0');

const listen = (path: string): Promise<Release> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy()).unref();
    server.once('error', reject);
    server.listen(path, () => resolve(() => close(server)));
  });

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

const isHeld = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    const answer = (held: boolean) => {
      socket.destroy();
      resolve(held);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
