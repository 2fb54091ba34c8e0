import { destination, pino } from 'pino';

import { parseCommandLine } from './command-line';
import { freeBytesAt, whyNotWritten } from './disk';
import { whenParentEnds } from './lifeline';
import { startNode } from './node';

/** Standard output carries one line of JSON: that the node serves, and where. The log is on standard error. */
const log = pino({ name: 'eventstore' }, destination({ dest: 2, sync: true }));

/** How long an orderly end may take once the log could not be written. */
const PATIENCE_MS = 3_000;

const main = async (): Promise<void> => {
  const { exitWithParent, forceProduction, ...options } = parseCommandLine(process.argv.slice(2));
  checkEnvironment(forceProduction);

  const end = async (reason: string, exitCode: number): Promise<never> => {
    log.info({ reason }, 'stopping');
    await (await starting).stop();
    process.exit(exitCode);
  };
  const giveUp = (reason: unknown): void => {
    const why = whyNotWritten(wordsOf(reason), freeBytesAt(options.dataDir));
    log.fatal({ err: reason }, `the node cannot go on: ${why}`);
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    void end('failure', 1);
  };
  // Ctrl-C reaches a whole group of processes; one that was launched waits for its parent to say so.
  process.on('SIGINT', () => void (process.connected || end('SIGINT', 0)));
  process.once('SIGTERM', () => void end('SIGTERM', 0));
  process.on('unhandledRejection', giveUp);
  whenParentEnds(exitWithParent, () => void end('the parent process ended', 0));

  const starting = startNode(options, giveUp);
  const { host, port, url } = await starting;
  if (!options.sync) log.warn('sync is off: what is acknowledged may be lost');
  process.stdout.write(
    `${JSON.stringify({ ready: true, host, port, url, pid: process.pid, data: options.dataDir })}\n`,
  );
};

/** Of an error, or of the failure that a call was refused with. */
const wordsOf = (reason: unknown): string =>
  typeof reason === 'object' && reason !== null && 'message' in reason ? String(reason.message) : String(reason);

/** @throws Error under NODE_ENV=production, unless forced. */
const checkEnvironment = (forceProduction: boolean): void => {
  if (process.env.NODE_ENV !== 'production') return;
  if (!forceProduction) {
    throw new Error(
      'NODE_ENV is production. This node is for development and single machines: point EVENTSTORE_URL at a real EventStoreDB, or insist with --force-production.',
    );
  }
  log.warn('serving under NODE_ENV=production, forced: one node, no replication, no users');
};

main().catch((error: unknown) => {
  log.fatal(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
