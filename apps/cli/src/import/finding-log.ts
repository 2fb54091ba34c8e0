import { closeSync, openSync, writeSync } from 'node:fs';

import { type Finding, type FindingKind, isRecorded } from './finding';

export interface KindOfFinding {
  readonly kind: FindingKind;
  readonly count: number;
  readonly examples: readonly Finding[];
}

const EXAMPLES = 3;

/** Counts what is wrong, remembers the first few of each kind, and keeps all of it in a file where one is wanted. */
export class FindingLog {
  private readonly kinds = new Map<FindingKind, { count: number; readonly examples: Finding[] }>();
  private readonly file: number | undefined;
  private rowsNotRecorded = 0;

  /** @param path takes every finding as a line of JSON; written anew */
  constructor(path?: string) {
    this.file = path === undefined ? undefined : openSync(path, 'w');
  }

  /** Takes everything that is to be said of one row. */
  add(findings: readonly Finding[]): void {
    if (!findings.every(isRecorded)) this.rowsNotRecorded++;
    for (const finding of findings) this.addOne(finding);
  }

  /** How many rows are not recorded. */
  get notRecorded(): number {
    return this.rowsNotRecorded;
  }

  /** The kinds that were found, the most frequent first. */
  summary(): readonly KindOfFinding[] {
    return [...this.kinds].map(([kind, found]) => ({ kind, ...found })).sort((a, b) => b.count - a.count);
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
  }

  private addOne(finding: Finding): void {
    const found = this.kinds.get(finding.kind) ?? { count: 0, examples: [] };
    this.kinds.set(finding.kind, found);
    found.count++;
    if (found.examples.length < EXAMPLES) found.examples.push(finding);
    if (this.file !== undefined) writeSync(this.file, `${JSON.stringify(finding)}\n`);
  }
}
