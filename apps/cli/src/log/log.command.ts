import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { type EventStore, INSTALLATION_STREAM, knownInstallationId, RevisionConflict } from '@tempore/event-store';
import type { StoredEvent } from '@tempore/kernel';
import type { Settings } from '@tempore/settings';
import { Command } from 'commander';

import { UsageError, withLog } from '../context';
import { progressBar } from '../progress';
import { checkLogFile, type FiledEvent, readLogFile, toLine, writeLogFile } from './log-file';

/** Every event but the one that names this log: a checkpoint of another log still has to show itself in the copy. */
async function* wholeLog(eventStore: EventStore): AsyncGenerator<StoredEvent, void, undefined> {
  const everything = eventStore.readAll({ categories: 'everything', signal: new AbortController().signal });
  for await (const event of everything) if (event.stream !== INSTALLATION_STREAM) yield event;
}

const exportLog = (path: string): Promise<void> =>
  withLog({ create: false }, async (eventStore) => {
    const progress = progressBar('exported', 'events');
    const known = await knownInstallationId(eventStore);
    const count = await writeLogFile(path, known, wholeLog(eventStore), progress.step);
    progress.end();
    process.stdout.write(`${count} events in ${path}\n`);
  });

/** The most events in one append; well below the store's limit in bytes for events as large as they may be. */
const MAX_RUN = 3;

/** Neighbours of one stream, so that one append carries several; the order over all streams stays as it was. */
async function* runsOf(events: AsyncIterable<FiledEvent>): AsyncGenerator<[FiledEvent, ...FiledEvent[]]> {
  let run: [FiledEvent, ...FiledEvent[]] | undefined;
  for await (const event of events) {
    if (run && run[0].stream === event.stream && run.length < MAX_RUN) run.push(event);
    else {
      if (run) yield run;
      run = [event];
    }
  }
  if (run) yield run;
}

/** Appends at the revisions of the file: what is there already is a repeat, anything else in its place a conflict. */
const append = async (eventStore: EventStore, run: [FiledEvent, ...FiledEvent[]]): Promise<void> => {
  const [{ stream, revision }] = run;
  try {
    await eventStore.append(stream, revision === 0n ? 'none' : revision - 1n, run);
  } catch (error) {
    if (error instanceof RevisionConflict)
      throw new UsageError(
        `${stream} holds other events in this store. Import into a store of its own, or under a namespace.`,
      );
    throw error;
  }
};

/** Half a log would be worse than none: what stands here and not in the file is found before anything is appended. */
const expectNothingElse = async (eventStore: EventStore, path: string): Promise<void> => {
  const here = new Map<string, string>();
  for await (const { id, stream } of wholeLog(eventStore)) here.set(id, stream);
  if (here.size === 0) return;
  for await (const { id } of readLogFile(path)) here.delete(id);
  const [stream] = here.values();
  if (stream === undefined) return;
  throw new UsageError(
    `This store holds what is not in ${path}, first of all in ${stream}. Import before any app has run here, or under another TEMPORE_NAMESPACE.`,
  );
};

/** What stands here now is what the file says, event by event and in its order. */
const expectTheSame = async (eventStore: EventStore, path: string): Promise<void> => {
  const filedEvents = readLogFile(path);
  for await (const stored of wholeLog(eventStore)) {
    const { value: filed } = await filedEvents.next();
    if (filed && !isDeepStrictEqual(toLine(stored), toLine(filed))) throw differs(path, filed);
  }
  const { value: left } = await filedEvents.next();
  if (left) throw differs(path, left);
};

const differs = (path: string, { revision, stream }: FiledEvent): UsageError =>
  new UsageError(
    `The log is not that of ${path} from event ${revision} of ${stream} on. Import into a store that nobody else writes to, or under another TEMPORE_NAMESPACE.`,
  );

/** What opens personal data and documents, as far as it can be seen from here. */
const missingBeside = ({ dataDir, databaseUrl, objectStoreUrl, secret }: Settings): string[] => [
  ...((databaseUrl ?? existsSync(join(dataDir, 'postgres'))) ? [] : ['the schema `vault` of its database']),
  ...((objectStoreUrl ?? existsSync(join(dataDir, 'objects'))) ? [] : ['its `objects`']),
  ...((secret ?? existsSync(join(dataDir, 'secret'))) ? [] : ['its secret']),
];

const importLog = (path: string): Promise<void> =>
  withLog({ create: true }, async (eventStore, settings) => {
    const { events } = await checkLogFile(path);
    await expectNothingElse(eventStore, path);
    const progress = progressBar('imported', 'events', events);
    for await (const run of runsOf(readLogFile(path))) {
      await append(eventStore, run);
      progress.step(run.length);
    }
    progress.end();
    await expectTheSame(eventStore, path);
    process.stdout.write(`${events} events of ${path} are in this store\n`);
    const missing = missingBeside(settings);
    if (missing.length > 0)
      process.stdout.write(
        `A log holds no keys: bring ${missing.join(', ')} before the first start (docs/guides/deploy.md), or nobody reads a contact or a document of it again.\n`,
      );
  });

export const logCommand = (): Command =>
  new Command('log')
    .description('copy a whole log to another store')
    .addCommand(
      new Command('export')
        .description('write every event to a file, in order, with ids, times and revisions')
        .argument('<file>', 'a file that does not exist yet')
        .action(exportLog),
    )
    .addCommand(
      new Command('import')
        .description('append every event of a file to this store; may be repeated, and goes on where it stopped')
        .argument('<file>', 'what `log export` wrote')
        .action(importLog),
    );
