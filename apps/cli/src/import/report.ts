import { type Finding, isRecorded } from './finding';
import type { FindingLog, KindOfFinding } from './finding-log';
import type { Survey } from './import-pipeline';
import type { PipelineFile } from './plan-file';
import type { Tally } from './sweep';

const number = (value: number): string => value.toLocaleString('en-US');

const counted = (value: number, word: string): string => `${number(value)} ${word}${value === 1 ? '' : 's'}`;

const LABELS: readonly (readonly [keyof Tally, string])[] = [
  ['partner', 'partners, applied and approved'],
  ['account', 'accounts, opened'],
  ['deal', 'deals, recorded'],
];

/** What an import would do, and what is wrong. */
export const surveyText = ({ path, hash, mapping }: PipelineFile, { rows, tally }: Survey, findings: FindingLog) => `
${counted(rows, 'row')} of ${path} from ${mapping.system}, as of ${mapping.assertedAt}
SHA-256 ${hash}

${tallyTable(tally)}

${findingsText(findings.summary())}

${counted(findings.notRecorded, 'row')} cannot be recorded.
`;

/** What an import did. */
export const recordedText = (tally: Tally, notRecorded: number, milliseconds: number) => `
${tallyTable(tally)}

${counted(notRecorded, 'row')} not recorded. Took ${(milliseconds / 1000).toFixed(1)} s.
`;

/** A table of what is new, what was there before, and what is refused. */
const tallyTable = (tally: Tally): string =>
  [['', 'new', 'there already', 'refused'], ...LABELS.map(([to, label]) => [label, ...counts(tally[to])])]
    .map(([label = '', ...cells]) => `  ${label.padEnd(32)}${cells.map((cell) => cell.padStart(15)).join('')}`)
    .join('\n');

const counts = (count: Tally['deal']): string[] => [count.new, count.there, count.refused].map(number);

/** The kinds of findings with the first few of each. */
const findingsText = (kinds: readonly KindOfFinding[]): string =>
  kinds.length === 0 ? '  Nothing is wrong with the rows.' : kinds.map(kindText).join('\n');

const kindText = ({ kind, count, examples }: KindOfFinding): string => {
  const head = `  ${number(count)} × ${kind}, ${isRecorded({ kind }) ? 'recorded' : 'NOT RECORDED'}`;
  const more = count > examples.length ? [`      and ${number(count - examples.length)} more`] : [];
  return [head, ...examples.map((finding) => `      ${findingText(finding)}`), ...more].join('\n');
};

const findingText = ({ row, column, what, then }: Finding): string =>
  `row ${row}${column === null ? '' : `, ${column}`}: ${what} ${then}`;
