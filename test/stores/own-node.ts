import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { type Exit, type LaunchedNode, type LaunchOptions, startEventStoreNode } from '@tempore/embedded-eventstore';

/** An event node of a test's own, to be ill-treated. */
export interface OwnNode {
  /** The same after every start. */
  readonly url: string;
  readonly port: number;
  /** `kill -9`; returns when it is gone. */
  readonly kill: () => Promise<void>;
  /** Lets it live, and do nothing. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  readonly start: () => Promise<void>;
  /** Starts it on a disk that is soon full. Resolves to when it has ended of that. */
  readonly startWithLittleRoom: () => Promise<{ readonly ended: Promise<unknown> }>;
  /** Ends it and removes its log. */
  readonly remove: () => Promise<void>;
}

export const startOwnNode = async (options: Omit<LaunchOptions, 'dataDir' | 'port'> = {}): Promise<OwnNode> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tempore-node-'));
  let isRunning = false;
  const running = <Node extends Pick<LaunchedNode, 'exited'>>(launched: Node): Node => {
    isRunning = true;
    void launched.exited.then(() => (isRunning = false));
    return launched;
  };
  const start = async (onPort: number): Promise<LaunchedNode> =>
    running(await startEventStoreNode({ ...options, dataDir, port: onPort }));
  const launched = await start(0);
  const { url, port } = launched;
  let node: Pick<LaunchedNode, 'pid' | 'exited'> = launched;
  const kill = async (): Promise<void> => {
    if (isRunning) process.kill(node.pid, 'SIGKILL');
    await node.exited;
  };
  return {
    url,
    port,
    kill,
    freeze: () => process.kill(node.pid, 'SIGSTOP'),
    thaw: () => process.kill(node.pid, 'SIGCONT'),
    start: async () => {
      node = await start(port);
    },
    startWithLittleRoom: async () => {
      node = running(await launchWithin((await largestFile(dataDir)) + LITTLE_ROOM_BYTES, dataDir, port));
      return { ended: node.exited };
    },
    remove: async () => {
      await kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

const LITTLE_ROOM_BYTES = 60_000;
const MAIN = join(process.cwd(), 'dist/libs/embedded-eventstore/src/main.js');

const largestFile = async (folder: string): Promise<number> => {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return Math.max(
    ...(await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size))),
  );
};

/** A limit on the size of files stands for a full disk: the log cannot grow any more. */
const launchWithin = async (
  bytes: number,
  dataDir: string,
  port: number,
): Promise<Pick<LaunchedNode, 'pid' | 'exited'>> => {
  const limited = spawn(
    'sh',
    [
      '-c',
      `ulimit -f ${Math.ceil(bytes / 512)}; exec "$0" "$@"`,
      process.execPath,
      MAIN,
      `--data=${dataDir}`,
      `--port=${port}`,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const exited = once(limited, 'exit').then(([code, signal]: (number | string | null)[]): Exit => {
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, lastWords: '' };
  });
  const isUp = await Promise.race([once(createInterface({ input: limited.stdout }), 'line'), exited.then(() => false)]);
  if (!isUp) throw new Error('The event node did not start with little room.');
  return { pid: limited.pid ?? 0, exited };
};
