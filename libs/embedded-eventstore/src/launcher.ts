import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';

export type LaunchOptions = {
  readonly dataDir: string;
  /** A free one where absent. */
  readonly port?: number;
  /** Bytes of data in one append. */
  readonly maxAppendSize?: number;
  /** false never waits for the disk: for throw-away logs only. */
  readonly sync?: boolean;
  readonly firstPosition?: bigint;
  readonly forceProduction?: boolean;
  /** Receives the node's log, line by line. */
  readonly onLog?: (line: string) => void;
};

export type Exit = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What its log said in the end, line by line. */
  readonly lastWords: string;
};

export type LaunchedNode = {
  /** Connection string for the client. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Stops it cleanly: calls end with CANCELLED. */
  readonly stop: () => Promise<void>;
  /** Resolves when the process ended, for whatever reason. */
  readonly exited: Promise<Exit>;
};

/** How long a clean stop may take before the process is killed. */
const PATIENCE_MS = 10_000;

/**
 * Starts the node as a process of its own and waits until it serves. It ends with the process that started it.
 *
 * @throws Error with the node's own words where it does not come up.
 */
export const startEventStoreNode = async (options: LaunchOptions): Promise<LaunchedNode> => {
  const child = fork(mainFile(), argumentsOf(options), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  const lastWords = listen(child.stderr, options.onLog);
  const exited = once(child, 'exit').then(async ([code, signal]: (number | string | null)[]): Promise<Exit> => {
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, lastWords: await lastWords() };
  });
  const ready = await Promise.race([readyLine(child.stdout), exited]);
  if (!ready || !('url' in ready)) throw new Error(`The event store node did not start. ${(await exited).lastWords}`);
  return { ...ready, stop: () => stop(child, exited), exited };
};

/** Beside this file once it is built; tests run from the sources and start what `npm run build` made of them. */
const mainFile = (): string => {
  const candidates = ['main.js', '../../../dist/libs/embedded-eventstore/src/main.js'];
  const found = candidates.map((candidate) => resolve(__dirname, candidate)).find((file) => existsSync(file));
  if (found === undefined) throw new Error('The event store node is not built. Run `npm run build` first.');
  return found;
};

const argumentsOf = (options: LaunchOptions): string[] => [
  `--data=${options.dataDir}`,
  `--port=${options.port ?? 0}`,
  ...(options.maxAppendSize === undefined ? [] : [`--max-append-size=${options.maxAppendSize}`]),
  ...(options.sync === undefined ? [] : [`--sync=${options.sync ? 'on' : 'off'}`]),
  ...(options.firstPosition === undefined ? [] : [`--first-position=${options.firstPosition}`]),
  ...(options.forceProduction ? ['--force-production'] : []),
];

type Ready = Pick<LaunchedNode, 'url' | 'port' | 'pid'>;

const readyLine = async (stdout: Readable | null): Promise<Ready | undefined> => {
  if (!stdout) return undefined;
  for await (const line of createInterface({ input: stdout })) {
    const { url, port, pid } = JSON.parse(line) as Ready;
    return { url, port, pid };
  }
  return undefined;
};

/** @returns the messages of the log so far, once the process has said everything. */
const listen = (stderr: Readable | null, onLog: LaunchOptions['onLog']): (() => Promise<string>) => {
  const lines: string[] = [];
  if (!stderr) return () => Promise.resolve('');
  const reader = createInterface({ input: stderr });
  reader.on('line', (line) => {
    lines.push(line);
    if (lines.length > 20) lines.shift();
    onLog?.(line);
  });
  const closed = once(reader, 'close');
  return async () => {
    await closed;
    return lines.map(messageOf).join('\n');
  };
};

const messageOf = (line: string): string => {
  try {
    return (JSON.parse(line) as { msg: string }).msg;
  } catch {
    return line;
  }
};

const stop = async (child: ChildProcess, exited: Promise<Exit>): Promise<void> => {
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await exited;
  clearTimeout(kill);
};
