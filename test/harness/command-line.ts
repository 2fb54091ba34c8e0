import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import type { System } from './system';

export interface CommandEnd {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** The command line as somebody calls it beside a system. */
export const tempore = async (
  { settings }: Pick<System, 'settings'>,
  ...args: readonly string[]
): Promise<CommandEnd> => {
  const child = spawn(process.execPath, [join(__dirname, '../../bin/tempore.js'), ...args], {
    env: {
      PATH: process.env['PATH'],
      TEMPORE_DATA: settings.dataDir,
      TEMPORE_NAMESPACE: settings.namespace,
      EVENTSTORE_URL: settings.eventStoreUrl,
      DATABASE_URL: settings.databaseUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], output, errors] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, output, errors };
};

/** Of a command whose every line is one JSON value. */
export const jsonLines = ({ output }: CommandEnd): readonly unknown[] =>
  output
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));
