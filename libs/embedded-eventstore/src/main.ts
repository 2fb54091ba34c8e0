import { destination, pino } from 'pino';

import { parseCommandLine } from './command-line';
import { whenParentEnds } from './lifeline';
import { startNode } from './node';

/** Standard output carries one line of JSON: that the node serves, and where. Everything else is the log on standard error. */
const log = pino({ name: 'eventstore' }, destination({ dest: 2, sync: true }));

const main = async (): Promise<void> => {
  const { exitWithParent, forceProduction, ...options } = parseCommandLine(process.argv.slice(2));
  if (process.env.NODE_ENV === 'production') {
    if (!forceProduction) {
      throw new Error(
        'NODE_ENV is production. This node is for development and single machines: point EVENTSTORE_URL at a real EventStoreDB, or insist with --force-production.',
      );
    }
    log.warn('serving under NODE_ENV=production, forced: one node, no replication, no users');
  }

  const node = await startNode(options);
  const stop = (reason: string, exitCode: number): void => {
    log.info({ reason }, 'stopping');
    node.stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log.fatal({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', () => stop('SIGINT', 0));
  process.once('SIGTERM', () => stop('SIGTERM', 0));
  whenParentEnds(exitWithParent, () => stop('the parent process ended', 0));
  void node.broken.then((error) => {
    log.fatal({ err: error }, 'the log could not be written');
    stop('the log could not be written', 1);
  });

  if (!options.sync) log.warn('sync is off: what is acknowledged may be lost');
  const { host, port, url } = node;
  process.stdout.write(
    `${JSON.stringify({ ready: true, host, port, url, pid: process.pid, data: options.dataDir })}\n`,
  );
};

main().catch((error: unknown) => {
  log.fatal(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
