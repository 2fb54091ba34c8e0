import { unreadable } from './cell';
import type { Finding } from './finding';
import type { Mapping } from './mapping';
import { rowPlanner } from './plan-row';
import { readSource } from './source-file';
import { readTable } from './table';
import { type SaleTasks, taskMaker } from './task';

export interface PlannedRow {
  readonly row: number;
  /** Null where nothing is to be done for the row; a finding says why. */
  readonly tasks: SaleTasks | null;
  readonly findings: readonly Finding[];
}

export interface PipelineFile {
  readonly path: string;
  /** SHA-256 in hex. */
  readonly hash: string;
  readonly mapping: Mapping;
}

/**
 * The rows of a file, each with what it tells the register. A reference stands for one sale: that of the first row that
 * can be recorded. Throws `InputError`.
 */
export async function* planFile({ path, hash, mapping }: PipelineFile): AsyncGenerator<PlannedRow, void, undefined> {
  const planRow = rowPlanner(mapping, hash);
  const tasksOf = taskMaker();
  const firstOf = new Map<string, { readonly row: number; readonly commandId: string | undefined }>();
  for await (const tableRow of readTable(readSource(path, mapping.entry), path, mapping)) {
    const { row, sale, findings } = planRow(tableRow);
    if (!sale) {
      yield { row, tasks: null, findings };
      continue;
    }
    const tasks = tasksOf(sale);
    const { reference } = sale.deal.source;
    const commandId = tasks.deal.commands[0]?.commandId;
    const first = firstOf.get(reference);
    if (!first) firstOf.set(reference, { row, commandId });
    yield first
      ? { row, tasks: null, findings: [repeated(row, mapping, first.row, first.commandId === commandId)] }
      : { row, tasks, findings };
  }
}

const repeated = (row: number, { columns }: Mapping, first: number, isSame: boolean): Finding => ({
  row,
  column: columns.reference,
  ...(isSame
    ? { kind: 'ROW_REPEATED', what: `Row ${first} says the same.`, then: `Recorded once, for row ${first}.` }
    : unreadable('REFERENCE_REPEATED', `Row ${first} is another sale under this reference.`).remark),
});
