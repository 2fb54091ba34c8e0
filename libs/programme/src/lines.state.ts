import {
  looksOf,
  nameKey,
  type Proposals,
  type Recorded,
  sameName,
  unreachable,
  withClosed,
  withProposal,
} from '@tempore/kernel';

import type { LineChange, LinesEvent } from './lines.events';

/** A product line of the catalogue (rulebook 1). */
export interface Line {
  readonly code: string;
  readonly name: string;
  readonly spellings: readonly string[];
  readonly family: string | null;
  /** Whether it takes filings. */
  readonly open: boolean;
  /** What the ids of its dockets are derived from, that of new ones first. */
  readonly keys: readonly string[];
}

export interface LinesState {
  readonly founded: boolean;
  /** By code, in the order in which they came. */
  readonly lines: ReadonlyMap<string, Line>;
  /** The codes of the lines, by every key and look of every spelling. */
  readonly codes: ReadonlyMap<string, string>;
  readonly proposals: Proposals<LineChange>;
}

export const initialState: LinesState = { founded: false, lines: new Map(), codes: new Map(), proposals: new Map() };

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolve = (state: LinesState, event: LinesEvent, { actor }: Recorded): LinesState => {
  switch (event.type) {
    case 'lines-founded': {
      if (state.founded) return state;
      const lines = event.data.lines.map((line) => [line.code, { ...line, open: true }] as const);
      return { ...withLines(state, new Map(lines)), founded: true };
    }
    case 'line-change-proposed':
      return { ...state, proposals: withProposal(state.proposals, event.data, actor) };
    case 'line-change-adopted':
      return {
        ...withLines(state, changed(state.lines, event.data.change)),
        proposals: withClosed(state.proposals, event.data.proposalId, 'adopted'),
      };
    case 'line-change-withdrawn':
      return { ...state, proposals: withClosed(state.proposals, event.data.proposalId, 'withdrawn') };
    default:
      return unreachable(event);
  }
};

const changed = (lines: LinesState['lines'], { of, ...change }: LineChange): LinesState['lines'] => {
  const known = lines.get(change.code);
  const become = (line: Line): LinesState['lines'] => new Map(lines).set(line.code, line);
  if (of === 'line-added' && 'name' in change)
    return known ? lines : become({ ...change, open: true, keys: [nameKey(change.code)] });
  if (!known) return lines;
  if (!('name' in change)) return become({ ...known, open: of === 'line-reopened' });
  return become({ ...known, ...change, spellings: [...known.spellings, ...change.spellings] });
};

const withLines = (state: LinesState, lines: LinesState['lines']): LinesState => {
  const codes = new Map<string, string>();
  // A spelling as it is goes before one that looks like it, and of two that look alike the earlier line has it.
  for (const keysOf of [keyOf, looksLike])
    for (const line of lines.values())
      for (const key of spellingsOf(line).flatMap(keysOf)) if (!codes.has(key)) codes.set(key, line.code);
  return { ...state, lines, codes };
};

const keyOf = (text: string): string => `key:${nameKey(text)}`;

const looksLike = (text: string): readonly string[] => looksOf(text).map((look, index) => `look ${index}:${look}`);

const spellingsOf = ({ code, name, spellings }: Line): readonly string[] => [code, name, ...spellings];

/** The line that a spelling names. */
export const lineNamed = ({ codes, lines }: LinesState, text: string): Line | undefined => {
  const code =
    codes.get(keyOf(text)) ??
    looksLike(text)
      .map((look) => codes.get(look))
      .find((known) => known !== undefined);
  return code === undefined ? undefined : lines.get(code);
};

/** What people read of the line that a spelling names; the spelling where the catalogue lacks it. */
export const lineNameOf = (state: LinesState, text: string): string => lineNamed(state, text)?.name ?? text;

/** Tells of each spelling whether it is of the line that `text` names; of one that the catalogue lacks by its look. */
export const spellingOf = (state: LinesState, text: string): ((spelling: string) => boolean) => {
  const line = lineNamed(state, text);
  return (spelling) => spelling === text || (line ? lineNamed(state, spelling) === line : sameName(spelling, text));
};

/** The lines that take filings, as they are chosen from. */
export const openLines = ({ lines }: LinesState): readonly Line[] => [...lines.values()].filter(({ open }) => open);
