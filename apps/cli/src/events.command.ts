import { catalogue, categories } from '@tempore/catalogue';
import type { Categories } from '@tempore/event-store';
import type { StoredEvent } from '@tempore/kernel';
import { Command } from 'commander';

import { stopOnSignals, UsageError, withStores } from './context';

interface EventsOptions {
  readonly category?: readonly string[];
  readonly type?: readonly string[];
  readonly stream?: string;
  readonly follow: boolean;
}

const checkedCategories = (asked: readonly string[] | undefined): Categories => {
  if (asked === undefined) return 'everything';
  const unknown = asked.filter((category) => !categories.includes(category));
  if (unknown.length === 0) return asked;
  throw new UsageError(`There is no category ${unknown.join(', ')}; the categories are ${categories.join(', ')}.`);
};

const checkTypes = (asked: readonly string[] = []): void => {
  const unknown = asked.filter((type) => !catalogue.has(type));
  if (unknown.length === 0) return;
  throw new UsageError(`There is no event type ${unknown.join(', ')}; docs/event-catalogue.md lists them.`);
};

/** One event as a line; its place in the log stays inside. */
const toLine = ({ stream, revision, id, type, data, metadata }: StoredEvent): string =>
  `${JSON.stringify({ stream, revision: revision.toString(), id, type, data, metadata })}\n`;

/** Writes and waits until the reader has taken it: a slow pipe slows the read, and nothing piles up here. */
const write = (line: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(line, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });

const show = ({ category, type, stream, follow }: EventsOptions): Promise<void> => {
  checkTypes(type);
  const asked = checkedCategories(category ?? (stream === undefined ? undefined : [stream.replace(/-.*/s, '')]));
  const wanted = (event: StoredEvent): boolean =>
    (type === undefined || type.includes(event.type)) && (stream === undefined || stream === event.stream);
  const signal = stopOnSignals();
  return withStores(async ({ stores: { eventStore } }) => {
    for await (const { events, caughtUp } of eventStore.subscribe({ categories: asked, signal })) {
      for (const event of events.filter(wanted)) await write(toLine(event));
      if (caughtUp && !follow) return;
    }
  });
};

export const eventsCommand = (): Command =>
  new Command('events')
    .description('print the log from its beginning, one JSON object a line, and follow it')
    .option('-c, --category <category...>', 'only these kinds of stream')
    .option('-t, --type <type...>', 'only these event types')
    .option('-s, --stream <stream>', 'only this stream, such as partner-<id>')
    .option('--no-follow', 'end at the end of the log')
    .action(show);
