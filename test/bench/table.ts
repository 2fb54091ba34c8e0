import { type Figure, meets } from './measure';

const HEADINGS = ['what', 'value', 'peer', 'its value', 'ratio', 'aim', ''] as const;

/** As many digits as mean anything. */
const short = (value: number): string =>
  value >= 100 ? Math.round(value).toString() : Number(value.toPrecision(3)).toString();

const aimText = ({ aim, unit }: Figure): string => {
  if (!aim) return '';
  const bound = aim.least === undefined ? `≤ ${short(aim.most ?? Infinity)}` : `≥ ${short(aim.least)}`;
  return aim.of === 'ratio' ? `ratio ${bound}` : `${bound} ${unit}`;
};

const rowOf = (figure: Figure): readonly string[] => {
  const met = meets(figure);
  return [
    figure.what,
    `${short(figure.value)} ${figure.unit}`,
    figure.peer?.what ?? '',
    figure.peer ? short(figure.peer.value) : '',
    figure.ratio === undefined ? '' : figure.ratio.toFixed(2),
    aimText(figure),
    met === undefined ? '' : met ? 'met' : 'missed',
  ];
};

/** A line for each figure, in columns. */
export const table = (figures: readonly Figure[]): string => {
  const rows = [HEADINGS, ...figures.map(rowOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
