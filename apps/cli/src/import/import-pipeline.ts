import { CommandRunner, type EventStore } from '@tempore/event-store';
import { deriveId, type Refusal } from '@tempore/kernel';

import type { Clock } from '../../../composition/src/clock';
import { requestHasher, type Secrets } from '../../../composition/src/secrets';
import { carryOut, type Importer, rehearse } from './act';
import type { FindingLog } from './finding-log';
import type { Finding } from './finding';
import { InputError } from './input-error';
import { type PipelineFile, planFile, type PlannedRow } from './plan-file';
import { hashOf } from './source-file';
import { emptyTally, sweep, type Tally } from './sweep';

/** On whose behalf a file is imported: the same for every run of it. */
export const importerOf = ({ hash, mapping }: PipelineFile, secrets: Secrets, clock: Clock): Importer => ({
  actor: deriveId('actor', 'import', mapping.system),
  correlationId: deriveId('import', mapping.system, hash),
  clock,
  hash: requestHasher(secrets),
});

/** What an import would come to. */
export interface Survey {
  readonly rows: number;
  readonly tally: Tally;
  /** Rows that the register refuses. */
  readonly refused: ReadonlySet<number>;
}

export interface Run {
  readonly file: PipelineFile;
  readonly store: EventStore;
  readonly importer: Importer;
  readonly findings: FindingLog;
  readonly signal: AbortSignal;
}

/** Reads the whole file against the register as it is now, and changes nothing. Throws `InputError`. */
export const survey = async ({ file, store, importer, findings, signal }: Run, onRow: () => void): Promise<Survey> => {
  const tally = emptyTally();
  const refused = new Set<number>();
  let rows = 0;
  async function* looked(): AsyncGenerator<PlannedRow> {
    for await (const planned of planFile(file)) {
      rows++;
      onRow();
      findings.add(planned.findings);
      yield planned;
    }
  }
  await sweep(looked(), {
    act: rehearse(store, importer),
    tally,
    signal,
    onRefused: (row, what, refusal) => {
      refused.add(row);
      findings.add([refusedRow(row, what, refusal)]);
    },
  });
  return { rows, tally, refused };
};

/** Puts on record what the survey found recordable, as far as the signal lets it. */
export const record = async (
  { file, store, importer, findings, signal }: Run,
  { refused }: Survey,
  onDeal: () => void,
): Promise<Tally> => {
  if ((await hashOf(file.path)) !== file.hash)
    throw new InputError(`${file.path} has changed since it was looked at. Nothing was recorded; start again.`);
  const tally = emptyTally();
  async function* recordable(): AsyncGenerator<PlannedRow> {
    for await (const planned of planFile(file)) if (!refused.has(planned.row)) yield planned;
  }
  await sweep(recordable(), {
    act: carryOut(new CommandRunner(store), importer),
    tally,
    signal,
    onRefused: (row, what, refusal) => findings.add([refusedRow(row, what, refusal)]),
    onDeal,
  });
  return tally;
};

const OF: Readonly<Record<keyof Tally, string>> = { partner: 'Its partner: ', account: 'Its account: ', deal: '' };

/** What the register refused, as a finding about the row. */
const refusedRow = (row: number, refused: keyof Tally, { message, details }: Refusal): Finding => ({
  row,
  column: null,
  kind: 'REFUSED',
  what: `${OF[refused]}${message}`,
  then: ['The row is not recorded.', details.remedy].filter(Boolean).join(' '),
});
