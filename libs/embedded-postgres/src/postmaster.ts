import { execFile } from 'node:child_process';
import { readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isErrno } from './errno';

/** What `postmaster.pid` says: line 1 is the process id, line 8 how far the server is (`starting`, `ready`, …). */
export type PostmasterFile = { readonly pid: number; readonly status: string };

const FAST = { signal: 'SIGINT', patience: 20_000 } as const;
const IMMEDIATE = { signal: 'SIGQUIT', patience: 10_000 } as const;

export const readPostmasterFile = async (data: string): Promise<PostmasterFile | undefined> => {
  try {
    const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
    const pid = Number(lines[0]);
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, status: lines[7]?.trim() ?? '' } : undefined;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
};

/**
 * Ends the server that a killed supervisor left behind. A process that merely wears its number is left alone; then
 * the file is removed, because PostgreSQL itself only looks whether the number is alive and would refuse to start.
 */
export const stopOrphan = async (data: string, log: (line: string) => void): Promise<void> => {
  const file = await readPostmasterFile(data);
  if (!file || !isAlive(file.pid)) return;
  if (!(await isServerOf(data, file.pid))) {
    await rm(join(data, 'postmaster.pid'), { force: true });
    return;
  }
  log(`Stopping the PostgreSQL (process ${file.pid}) that an earlier run left behind in ${data}`);
  for (const { signal, patience } of [FAST, IMMEDIATE]) {
    send(file.pid, signal);
    const end = Date.now() + patience;
    while (Date.now() < end) {
      if (!(await isServerOf(data, file.pid))) return;
      await sleep(20);
    }
  }
  throw new Error(`PostgreSQL (process ${file.pid}) of ${data} does not stop. End it by hand, then start again.`);
};

/**
 * Whether the process is a PostgreSQL of this folder: a server's working directory is its data folder. A process
 * that has ended and waits to be reaped has none.
 */
const isServerOf = async (data: string, pid: number): Promise<boolean> => {
  try {
    if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`)) === data;
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
    return stdout.includes(`postgres -D ${data} `);
  } catch {
    return false;
  }
};

const isAlive = (pid: number): boolean => send(pid, 0);

const send = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (isErrno(error, 'ESRCH', 'EPERM')) return false;
    throw error;
  }
};
