import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { erasePostgres, startPostgres, type Postgres, type StartPostgres } from '../src';
import { as, currentUser, type OsUser } from '../src/os-user';

/** A killable supervisor in another process, and the server it started. */
export type Supervisor = { readonly pid: number; readonly server: Pick<Postgres, 'url' | 'pid' | 'data'> };

/** Temporary folders and processes of a file of tests, and their end. */
export class Workbench {
  private readonly processes: (() => Promise<unknown>)[] = [];
  private readonly dataDirs = new Set<string>();
  private readonly folders: string[] = [];

  /** Open to everybody, unlike what mkdtemp makes. */
  async folder(): Promise<string> {
    const path = await this.closedFolder();
    await chmod(path, 0o755);
    return path;
  }

  /** Mode 0700, as a root's home is. */
  async closedFolder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'embedded-postgres-'));
    this.folders.push(path);
    return path;
  }

  async start(options: StartPostgres): Promise<Postgres> {
    this.dataDirs.add(options.dataDir);
    const server = await startPostgres(options);
    this.processes.push(() => server.stop());
    return server;
  }

  async startInChild(options: StartPostgres, user: OsUser = currentUser()): Promise<Supervisor> {
    this.dataDirs.add(options.dataDir);
    const child = this.spawnSupervisor(options, user);
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    for await (const line of createInterface(child.stdout)) {
      return { pid: child.pid ?? 0, server: JSON.parse(line) as Supervisor['server'] };
    }
    throw new Error(complaint);
  }

  spawnSupervisor(options: StartPostgres, user: OsUser = currentUser()) {
    const child = spawn(process.execPath, [join(__dirname, 'supervise.js'), JSON.stringify(options)], {
      ...as(user),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.processes.push(async () => {
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await once(child, 'exit');
    });
    return child;
  }

  /** A process that has nothing to do with PostgreSQL. */
  bystander(user: OsUser): number {
    const child = spawn('sleep', ['600'], { ...as(user), stdio: 'ignore' });
    this.processes.push(async () => {
      if (child.kill('SIGKILL')) await once(child, 'exit');
    });
    return child.pid ?? 0;
  }

  /** Ends every process of the test; folders stay for the next one. */
  async stop(): Promise<void> {
    for (const end of this.processes.splice(0)) await end();
  }

  async clear(): Promise<void> {
    await this.stop();
    for (const dataDir of this.dataDirs) await erasePostgres(dataDir);
    for (const folder of this.folders) await rm(folder, { recursive: true, force: true });
  }
}

export const query = async (url: string, ...statements: string[]): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // a killed server is told by the query's own error
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const sql of statements) rows = (await client.query<Record<string, unknown>>(sql)).rows;
    return rows;
  } finally {
    await client.end();
  }
};

/** A process that has ended, and that nobody has reaped yet, does not run. */
export const isRunning = (pid: number): boolean => {
  try {
    if (process.platform === 'linux') return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await sleep(10);
};
