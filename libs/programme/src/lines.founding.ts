import { looksOf, nameKey } from '@tempore/kernel';

import type { FoundedLine } from './lines.events';

/** A spelling of a line that stands in the log. */
export interface LineMention {
  readonly spelling: string;
  /** Set where it opened a docket: on which account, and what the docket's id was derived from beside it. */
  readonly docket: { readonly accountId: string; readonly key: string } | null;
}

interface Named {
  readonly spellings: Set<string>;
  readonly keys: Set<string>;
  /** Those on which a docket was opened under one of the spellings. */
  readonly accounts: Set<string>;
}

/** What an installation that is no production and has nothing in its log begins with, so that there is something to try. */
export const sampleLines: readonly FoundedLine[] = ['Gateway', 'Sensor', 'Edge'].map((name) => ({
  code: name,
  name,
  spellings: [],
  family: null,
  keys: [nameKey(name)],
}));

/**
 * The lines that a log names, in the order in which it named them first (rulebook 3). Spellings that people cannot tell
 * apart are one line, but where each opened a docket on one account: two dockets stay two lines until two people join
 * them (rulebook 4).
 */
export const linesOfLog = (mentions: Iterable<LineMention>): readonly FoundedLine[] => {
  const lines: Named[] = [];
  const byLook = new Map<string, Named[]>();
  for (const name of namesOf(mentions)) {
    const looks = [...name.spellings].flatMap((spelling) => looksOf(spelling).map((look, index) => `${index}:${look}`));
    const alike = looks.flatMap((look) => byLook.get(look) ?? []);
    const line = alike.find(({ accounts }) => ![...name.accounts].some((account) => accounts.has(account)));
    if (line) join(line, name);
    else lines.push(name);
    for (const look of looks) byLook.set(look, [...(byLook.get(look) ?? []), line ?? name]);
  }
  return lines.map(toLine);
};

/** By what ids are derived from; a spelling of nothing names no line. */
const namesOf = (mentions: Iterable<LineMention>): Iterable<Named> => {
  const names = new Map<string, Named>();
  for (const { spelling, docket } of mentions) {
    const key = nameKey(spelling);
    if (key === '') continue;
    const name = names.get(key) ?? { spellings: new Set(), keys: new Set(), accounts: new Set() };
    names.set(key, name);
    name.spellings.add(spelling.trim());
    if (!docket) continue;
    name.keys.add(docket.key);
    name.accounts.add(docket.accountId);
  }
  return names.values();
};

const join = (line: Named, name: Named): void => {
  for (const part of ['spellings', 'keys', 'accounts'] as const) for (const one of name[part]) line[part].add(one);
};

const toLine = ({ spellings, keys }: Named): FoundedLine => {
  const [code = '', ...others] = spellings;
  return { code, name: code, spellings: others, family: null, keys: keys.size > 0 ? [...keys] : [nameKey(code)] };
};
