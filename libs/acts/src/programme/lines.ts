import { catalogue } from '@tempore/catalogue';
import { ACCOUNT } from '@tempore/accounts';
import { DOCKET, docket, docketId } from '@tempore/dockets';
import type { EventStore } from '@tempore/event-store';
import { decode, deriveId, type Instant, type LoggedEvent, nameKey, UndecodableEvent } from '@tempore/kernel';
import { PARTNER } from '@tempore/partners';
import { type LineNamer, lineMentionsOf } from '@tempore/processes';
import {
  expectLine,
  type Line,
  lineNamed,
  type LineMention,
  lines,
  linesOfLog,
  PROGRAMME,
  sampleLines,
} from '@tempore/programme';
import type { Logger } from 'pino';

import type { Reads } from '../act-log';
import type { Installation } from './programme';

/** What is read of the log at once. */
const BATCH = 500;

/**
 * Puts the catalogue of lines on record where there is none yet, in the name of the installation: with the lines that
 * the log names, and where it names none, with some to try, or with none in production (rulebook 3). However many
 * processes start first, and however often, it stands there once.
 */
export const foundLines = async (
  { runner, eventStore, installationId }: Installation & { readonly eventStore: EventStore },
  now: Instant,
  { production, logger }: { readonly production: boolean; readonly logger: Logger },
): Promise<void> => {
  if ((await runner.read(lines, PROGRAMME)).state.founded) return;
  const named = linesOfLog(await mentionsIn(eventStore, logger));
  const founded = named.length > 0 || production ? named : sampleLines;
  const commandId = deriveId('command', 'found-lines', installationId);
  const meta = { commandId, requestHash: '', actor: installationId, now, correlationId: commandId };
  await runner.run(lines, PROGRAMME, { type: 'FoundLines', data: { lines: founded } }, meta, {});
};

/** Where the log names lines. An event that cannot be read is left to whoever mends it: two people add what it names. */
const mentionsIn = async (eventStore: EventStore, logger: Logger): Promise<readonly LineMention[]> => {
  const mentions: LineMention[] = [];
  const everything = {
    categories: [PARTNER, ACCOUNT, DOCKET],
    batchSize: BATCH,
    signal: new AbortController().signal,
  };
  for await (const event of eventStore.readAll(everything))
    try {
      mentions.push(...lineMentionsOf(decode(catalogue, event) as LoggedEvent<LineNamer>));
    } catch (error) {
      if (!(error instanceof UndecodableEvent)) throw error;
      logger.warn({ err: error }, 'left out of the catalogue of lines');
    }
  return mentions;
};

/** Finds the line of the catalogue that a spelling names. Throws `LINE_UNKNOWN` with the lines to choose from. */
export const readCatalogue = async (log: Reads): Promise<(spelling: string) => Line> => {
  const { state } = await log.read(lines, PROGRAMME);
  return (spelling) => expectLine(state, spelling);
};

/** The same for one spelling. */
export const readLine = async (log: Reads, spelling: string): Promise<Line> => (await readCatalogue(log))(spelling);

/** What lists look a line up by: a sale of another system may name one that is in no catalogue. */
export const lineKeysOf = async (log: Reads, spelling: string): Promise<readonly string[]> => {
  const line = lineNamed((await log.read(lines, PROGRAMME)).state, spelling);
  return line ? [...new Set([line.code, line.name, ...line.spellings].map(nameKey))] : [nameKey(spelling)];
};

/**
 * The docket of a customer's line, also where it was opened before there was a catalogue and its id derives from another
 * spelling: one that is there keeps its id.
 */
export const docketOf = async (log: Reads, accountId: string, { keys }: Line): Promise<string> => {
  const [first = '', ...earlier] = keys.map((key) => docketId(accountId, key));
  for (const id of earlier.length > 0 ? [first, ...earlier] : [])
    if ((await log.read(docket, id)).revision !== 'none') return id;
  return first;
};
