import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import { erasePostgres } from '@tempore/embedded-postgres';
import type { Role } from '@tempore/principals';

import { descendantsOf, interrupt, type RunningProcess } from './processes';

const ROOT = join(__dirname, '../..');

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** `npm start`, as it runs with stores of its own. */
export interface Run {
  /** Where its API answers. */
  readonly url: string;
  readonly exit: Promise<Exit>;
  /** The processes it has started, and those that they have. */
  readonly children: () => readonly RunningProcess[];
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Ctrl-C in its terminal. */
  readonly interrupt: () => void;
  /** The last lines of its log. */
  readonly lastLines: () => readonly string[];
}

/** The built product in a data folder of its own. */
export interface Installation {
  /** In which commands find it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Resolves once the product has said where it is; rejects with its own words where it ends before. */
  readonly start: () => Promise<Run>;
  /** What the command line prints to whoever asks it for a token. */
  readonly mintToken: (role: Role) => Promise<string>;
  /** Ends what still runs, and leaves nothing behind. */
  readonly remove: () => Promise<void>;
}

/** Further variables stand in its environment, as somebody's shell may have them. */
export const install = (variables: NodeJS.ProcessEnv = {}): Installation => {
  const folder = mkdtempSync(join(tmpdir(), 'tempore-standalone-'));
  const dataDir = join(folder, 'data');
  const env = { TEMPORE_PORT: '0', ...variables, PATH: process.env['PATH'], TEMPORE_DATA: dataDir };
  const runs: { readonly child: ChildProcess; readonly ended: Promise<Exit> }[] = [];
  return {
    environment: env,
    start: async () => {
      const started = spawn(process.execPath, [join(ROOT, 'dist/apps/standalone/src/main.js')], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const ended = endOf(started);
      runs.push({ child: started, ended });
      const lastLines = keepLast(started);
      const url = await Promise.race([addressIn(started), ended.then(() => undefined)]);
      if (url === undefined) throw new Error(`The product did not start.\n${lastLines().join('\n')}`);
      return {
        url,
        exit: ended,
        children: () => descendantsOf(started.pid ?? 0),
        kill: (signal) => started.kill(signal),
        interrupt: () => interrupt(started.pid ?? 0),
        lastLines,
      };
    },
    mintToken: async (role) => {
      const asked = [join(ROOT, 'bin/tempore.js'), 'token', '--role', role];
      return (await promisify(execFile)(process.execPath, asked, { env })).stdout.trim();
    },
    remove: async () => {
      for (const { child, ended } of runs) {
        child.kill('SIGTERM');
        await ended;
      }
      await erasePostgres(join(dataDir, 'postgres'));
      rmSync(folder, { recursive: true });
    },
  };
};

const endOf = async (child: ChildProcess): Promise<Exit> => {
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return { code, signal };
};

/** Reads the log all the time, since a pipe that nobody empties stops its writer. */
const keepLast = ({ stderr }: ChildProcess): (() => readonly string[]) => {
  const lines: string[] = [];
  if (stderr)
    createInterface({ input: stderr }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 20) lines.shift();
    });
  return () => lines;
};

const addressIn = ({ stdout }: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    if (stdout)
      createInterface({ input: stdout }).on('line', (line) => {
        const [, address] = /(http:\S+)\/docs/.exec(line) ?? [];
        if (address) resolve(address);
      });
  });
