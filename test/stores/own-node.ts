import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type LaunchedNode, type LaunchOptions, startEventStoreNode } from '@tempore/embedded-eventstore';

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
  /** Ends it and removes its log. */
  readonly remove: () => Promise<void>;
}

export const startOwnNode = async (options: Omit<LaunchOptions, 'dataDir' | 'port'> = {}): Promise<OwnNode> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tempore-node-'));
  let isRunning = false;
  const start = async (onPort: number): Promise<LaunchedNode> => {
    const launched = await startEventStoreNode({ ...options, dataDir, port: onPort });
    isRunning = true;
    void launched.exited.then(() => (isRunning = false));
    return launched;
  };
  let node = await start(0);
  const { url, port } = node;
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
    remove: async () => {
      await kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
