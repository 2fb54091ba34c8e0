import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { FailedStart } from '../../composition/src/run-app';

/** Where the stores are: all that the API's process cannot read from its settings. */
export interface StoreUrls {
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
}

/** What the API's process answers once: where it is, or why it did not start. */
export type ApiStarted = { readonly address: string } | { readonly failure: string };

export interface ApiProcess {
  /** Starts the API on these stores. Resolves to its address once it answers; throws `FailedStart`. */
  readonly serve: (stores: StoreUrls) => Promise<string>;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<Exit>;
  /** Lets it finish what it is asked, within bounds. */
  readonly stop: () => Promise<void>;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How long a clean stop may take before the process is killed. */
const PATIENCE_MS = 10_000;

/**
 * Starts the process of the API, which loads while its stores start, and ends with this process. Where the stores are
 * is sent over a channel that nobody else reads: the address of the database holds its password.
 */
export const launchApi = (): ApiProcess => {
  const child = fork(join(__dirname, 'api.js'));
  const exited = exitOf(child);
  return {
    serve: async (stores) => {
      // Where it has ended it is told nothing, and its exit says so.
      child.send(stores, () => undefined);
      const started = await Promise.race([answerOf(child), exited]);
      if ('address' in started) return started.address;
      throw new FailedStart('failure' in started ? started.failure : `its API ended: ${JSON.stringify(started)}`);
    },
    exited,
    stop: async () => {
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await exited;
      clearTimeout(kill);
    },
  };
};

const answerOf = async (child: ChildProcess): Promise<ApiStarted> => {
  const [answer] = (await once(child, 'message')) as [ApiStarted];
  return answer;
};

const exitOf = async (child: ChildProcess): Promise<Exit> => {
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return { code, signal };
};
