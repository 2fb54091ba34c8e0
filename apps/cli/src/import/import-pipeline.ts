import { requestHasher, type Secrets } from '@tempore/acts';
import { CommandRunner, type EventStore } from '@tempore/event-store';
import { deriveId, type Refusal } from '@tempore/kernel';

import type { Clock } from '../../../composition/src/clock';
import { type Act, carryOut, type Importer, rehearse } from './act';
import type { FindingLog } from './finding-log';
import type { Finding } from './finding';
import { InputError } from './input-error';
import { type PipelineFile, planFile, type PlannedRow } from './plan-file';
import { hashOf } from './source-file';
import { emptyTally, sweep, type Tally } from './sweep';
import { TOLD } from './task';
import { WhatStands } from './what-stands';

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
  /** Ids of the partners, accounts and deals of which nothing is left to record. */
  readonly there: ReadonlySet<string>;
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
  const there = new Set<string>();
  const before = new WhatStands(store, { categories: TOLD, actor: importer.actor, signal });
  const look = rehearse(before, importer);
  const act: Act = async (task) => {
    const verdict = await look(task);
    if (verdict === 'there') there.add(task.id);
    return verdict;
  };
  let rows = 0;
  async function* looked(): AsyncGenerator<PlannedRow> {
    for await (const planned of planFile(file)) {
      rows++;
      onRow();
      findings.add(planned.findings);
      yield planned;
    }
  }
  const onRefused = (row: number, what: keyof Tally, refusal: Refusal): void => {
    refused.add(row);
    findings.add([refusedRow(row, what, refusal)]);
  };
  await sweep(looked(), { act, tally, signal, onRefused }).finally(() => before.close());
  return { rows, tally, refused, there };
};

/** Puts on record what the survey found recordable, as far as the signal lets it. */
export const record = async (
  { file, store, importer, findings, signal }: Run,
  { refused, there }: Survey,
  onDeal: () => void,
): Promise<Tally> => {
  if ((await hashOf(file.path)) !== file.hash)
    throw new InputError(`${file.path} has changed since it was looked at. Nothing was recorded; start again.`);
  const tally = emptyTally();
  const carry = carryOut(new CommandRunner(store), importer);
  async function* recordable(): AsyncGenerator<PlannedRow> {
    for await (const planned of planFile(file)) if (!refused.has(planned.row)) yield planned;
  }
  await sweep(recordable(), {
    // What is on record stays so: told again it would be found out by a refused append and two reads.
    act: async (task) => (there.has(task.id) ? 'there' : carry(task)),
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
