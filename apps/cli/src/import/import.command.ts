import { StoreUnavailable } from '@tempore/event-store';
import { Command } from 'commander';

import { openClock } from '../../../composition/src/clock';
import { Lifetime } from '../../../composition/src/lifetime';
import { UsageError, withStores } from '../context';
import { confirm, isAttended } from './confirm';
import { FindingLog } from './finding-log';
import { importerOf, record, type Run, survey } from './import-pipeline';
import { InputError } from './input-error';
import { readMapping } from './mapping';
import { progressOf } from './progress';
import { recordedText, surveyText } from './report';
import { hashOf } from './source-file';
import type { Tally } from './sweep';

interface ImportOptions {
  readonly map: string;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly report?: string;
}

export const importCommand = (): Command =>
  new Command('import').description('put what another system knows on record').addCommand(pipelineCommand());

const pipelineCommand = (): Command =>
  new Command('pipeline')
    .description('import a sales pipeline: shows what it would do and what is wrong, then does it; repeat it at will')
    .argument('<file>', 'a CSV file, or a zip that holds one')
    .requiredOption('-m, --map <mapping.json>', 'how to read the file: docs/guides/import-a-pipeline.md')
    .option('--dry-run', 'only show what it would do and what is wrong')
    .option('-y, --yes', 'do not ask before recording')
    .option('--report <file>', 'write every finding to a file, a line of JSON each')
    .action(importPipeline);

const importPipeline = async (path: string, options: ImportOptions): Promise<void> => {
  try {
    const mapping = await readMapping(options.map);
    const file = { path, mapping, hash: await hashOf(path) };
    await withStores(async ({ settings, stores, logger }) => {
      const lifetime = new Lifetime(logger);
      const findings = openFindings(options.report);
      try {
        const { now } = await openClock(settings, stores, logger, lifetime);
        const importer = importerOf(file, stores.secrets, now);
        const run = { file, store: stores.eventStore, importer, findings, signal: stopOnSignals() };
        process.exitCode = await surveyAndRecord(run, options);
      } finally {
        findings.close();
        await lifetime.end();
      }
    });
  } catch (error) {
    if (error instanceof InputError) throw new UsageError(error.message, { cause: error });
    if (error instanceof StoreUnavailable) throw new UsageError(`The log does not answer. ${GO_ON}`, { cause: error });
    throw error;
  }
};

const GO_ON = 'What was recorded stays; run the same command again to go on.';

/** @returns the exit code: 0 where every row is on record, 1 where some are not, 130 where it was interrupted */
const surveyAndRecord = async (run: Run, { dryRun, yes }: ImportOptions): Promise<number> => {
  const isStopped = (): boolean => run.signal.aborted;
  const end = (text: string): number => {
    process.stdout.write(`${text}\n`);
    return isStopped() ? 130 : run.findings.notRecorded > 0 ? 1 : 0;
  };
  const looking = progressOf('looked at', 'rows');
  const found = await survey(run, looking.step).finally(looking.end);
  if (isStopped()) return end('Stopped before anything was recorded.');
  const text = surveyText(run.file, found, run.findings);
  if (dryRun) return end(text);
  if (!hasNew(found.tally)) return end(`${text}\nNothing is left to record.`);
  process.stdout.write(`${text}\n`);
  if (!yes && isAttended() && !(await confirm('Record this?'))) return end('Nothing was recorded.');

  const began = performance.now();
  const { deal } = found.tally;
  const recording = progressOf('recorded', 'deals', deal.new + deal.there);
  const tally = await record(run, found, recording.step).finally(recording.end);
  const result = recordedText(tally, run.findings.notRecorded, performance.now() - began);
  return end(isStopped() ? `${result}\nStopped before the end. ${GO_ON}` : result);
};

const hasNew = (tally: Tally): boolean => Object.values(tally).some((count) => count.new > 0);

const openFindings = (path: string | undefined): FindingLog => {
  try {
    return new FindingLog(path);
  } catch (error) {
    throw new UsageError(`The report cannot be written: ${(error as Error).message}`);
  }
};

/** Ctrl-C lets what is under way come to its end; a second one does not wait. */
const stopOnSignals = (): AbortSignal => {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130);
    process.stderr.write('\nStopping after what is under way.\n');
    stop.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return stop.signal;
};
