import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** One app of the built product, started again whenever it ends, as a supervisor does. */
export interface SupervisedApp {
  /** Where an API answers; undefined while it does not. */
  readonly address: () => string | undefined;
  readonly kill: () => void;
  readonly stop: () => Promise<void>;
}

const RESTART_AFTER_MS = 200;
const ROOT = process.cwd();

/**
 * Started as this process was: a profile of it becomes one of each.
 *
 * @param loaded files that are loaded into the app's process before it
 */
export const superviseApp = (name: string, env: NodeJS.ProcessEnv, loaded: readonly string[] = []): SupervisedApp => {
  const before = loaded.flatMap((file) => ['--require', file]);
  let stopping = false;
  let child: ChildProcess | undefined;
  let address: string | undefined;
  const run = async (): Promise<void> => {
    while (!stopping) {
      const started = spawn(
        process.execPath,
        [...process.execArgv, ...before, join(ROOT, `dist/apps/${name}/src/main.js`)],
        {
          env,
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      child = started;
      createInterface({ input: started.stderr }).on('line', (line) => {
        address = /"address":"(http[^"]+)"/.exec(line)?.[1] ?? address;
      });
      await once(started, 'exit');
      address = undefined;
      await sleep(RESTART_AFTER_MS);
    }
  };
  const running = run();
  return {
    address: () => address,
    kill: () => void child?.kill('SIGKILL'),
    stop: async () => {
      stopping = true;
      child?.kill('SIGTERM');
      await running;
    },
  };
};
