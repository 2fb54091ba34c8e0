import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';

import { type EventMetadata, metadataSchema, type StoredEvent } from '@tempore/kernel';
import { z } from 'zod';

import { UsageError } from '../context';

const FORMAT = 'tempore-log/1';

/** Of a log on which no app has run there is no identity. */
const headerSchema = z.object({ format: z.literal(FORMAT), installationId: z.guid().nullable() });

const eventSchema = z.object({
  stream: z.string().min(1),
  revision: z.string().regex(/^\d+$/).transform(BigInt),
  id: z.guid(),
  type: z.string().min(1),
  data: z.custom<unknown>((value) => value !== undefined && !Buffer.isBuffer(value), { error: 'is no JSON' }),
  // Checked, and copied as it stands.
  metadata: z.custom<EventMetadata>((value) => metadataSchema.safeParse(value).success),
});
export type FiledEvent = z.output<typeof eventSchema>;

const footerSchema = z.object({ events: z.int(), sha256: z.string() });

/** An event as a line holds it. Throws `UsageError` where a line could not say what is stored: nothing is left out. */
export const toLine = ({ stream, revision, id, type, data, metadata }: StoredEvent | FiledEvent): object => {
  const line = { stream, revision: revision.toString(), id, type, data, metadata };
  const { success, error } = eventSchema.safeParse(line);
  if (success) return line;
  throw new UsageError(
    `Event ${revision.toString()} of ${stream} was written by no release of this product: ${z.prettifyError(error)}`,
  );
};

/**
 * Writes a log as lines: a header, an event each, and a footer with count and digest that tells a whole file from half
 * a one. Answers how many events there were.
 */
export const writeLogFile = async (
  path: string,
  installationId: string | undefined,
  events: AsyncIterable<StoredEvent>,
  onEvent: () => void,
): Promise<number> => {
  const file = createWriteStream(path, { flags: 'wx' });
  const digest = createHash('sha256');
  let count = 0;
  const write = async (value: unknown): Promise<void> => {
    const line = `${JSON.stringify(value)}\n`;
    digest.update(line);
    if (!file.write(line)) await once(file, 'drain');
  };
  try {
    await once(file, 'open');
    await write({ format: FORMAT, installationId: installationId ?? null });
    for await (const event of events) {
      await write(toLine(event));
      count++;
      onEvent();
    }
    file.end(`${JSON.stringify({ events: count, sha256: digest.copy().digest('hex') })}\n`);
    await finished(file);
    return count;
  } catch (error) {
    file.destroy();
    if (error instanceof UsageError) rmSync(path, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new UsageError(`${path} exists; name a file that does not.`);
    throw error;
  }
};

export interface LogFile {
  readonly events: number;
}

/** Reads a whole file once and checks it, so that nothing of half a file is imported. Throws `UsageError`. */
export const checkLogFile = async (path: string): Promise<LogFile> => {
  const digest = createHash('sha256');
  let header: string | undefined;
  let last: string | undefined;
  let lines = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (last !== undefined) digest.update(`${last}\n`);
    header ??= line;
    last = line;
    lines++;
  }
  const head = headerSchema.safeParse(parse(header));
  if (!head.success) throw new UsageError(`${path} is not a log that \`tempore log export\` wrote (${FORMAT}).`);
  const foot = footerSchema.safeParse(parse(last));
  if (!foot.success || foot.data.events !== lines - 2 || foot.data.sha256 !== digest.digest('hex'))
    throw new UsageError(`${path} is not whole: its end is missing or its content was changed. Export it again.`);
  return { events: foot.data.events };
};

/** The events of a file that was checked. */
export async function* readLogFile(path: string): AsyncGenerator<FiledEvent, void, undefined> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    number++;
    const event = eventSchema.safeParse(parse(line));
    if (event.success) yield event.data;
    else if (number > 1 && !footerSchema.safeParse(parse(line)).success)
      throw new UsageError(`${path}, line ${number}: ${event.error.message}`);
  }
}

const parse = (line: string | undefined): unknown => {
  try {
    return JSON.parse(line ?? '');
  } catch {
    return undefined;
  }
};
