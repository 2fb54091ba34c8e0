import {
  adoptProposal,
  type DecisionContext,
  makeProposal,
  nameOf,
  Refusal,
  sameName,
  unreachable,
  withdrawProposal,
} from '@tempore/kernel';

import type {
  AdoptLineChange,
  FoundLines,
  LinesCommand,
  ProposeLineChange,
  WithdrawLineChange,
} from './lines.commands';
import type { LineChange, LinesEvent } from './lines.events';
import { expectLine } from './lines.refusals';
import { type Line, lineNamed, type LinesState } from './lines.state';

type Decision = readonly LinesEvent[];

export const found = ({ data }: FoundLines, { founded }: LinesState): Decision =>
  founded ? [] : [{ type: 'lines-founded', data: { lines: [...data.lines] } }];

/** Throws `LINE_UNKNOWN`, `LINE_NAMELESS` or `LINE_EXISTS`. */
export const propose = ({ data }: ProposeLineChange, state: LinesState): Decision => {
  const change = changeOf(data.change, state);
  return makeProposal(state.proposals, { ...data, change }, holds(change, state)).map((proposal) => ({
    type: 'line-change-proposed',
    data: proposal,
  }));
};

/** What was proposed alike may have come into the catalogue since. */
export const adopt = ({ data }: AdoptLineChange, state: LinesState, { actor }: DecisionContext): Decision =>
  adoptProposal(state.proposals, data.proposalId, actor).map((adoption) => ({
    type: 'line-change-adopted',
    data: { ...adoption, change: changeOf(adoption.change, state) },
  }));

export const withdraw = ({ data }: WithdrawLineChange, { proposals }: LinesState): Decision =>
  withdrawProposal(proposals, data).map((withdrawal) => ({ type: 'line-change-withdrawn', data: withdrawal }));

export const decide = (command: LinesCommand, state: LinesState, context: DecisionContext): Decision => {
  switch (command.type) {
    case 'FoundLines':
      return found(command, state);
    case 'ProposeLineChange':
      return propose(command, state);
    case 'AdoptLineChange':
      return adopt(command, state, context);
    case 'WithdrawLineChange':
      return withdraw(command, state);
    default:
      return unreachable(command);
  }
};

type Description = Extract<LineChange, { name: string }>;

/** A change in normal form, with the code of the line that it names. */
const changeOf = (change: LineChange, state: LinesState): LineChange => {
  switch (change.of) {
    case 'line-added': {
      const added = written(change);
      const taken = [added.code, added.name, ...added.spellings].find((text) => lineNamed(state, text));
      if (taken !== undefined) throw exists(taken, expectLine(state, taken));
      return { ...added, spellings: othersThan([added.code, added.name], added.spellings) };
    }
    case 'line-described': {
      const line = expectLine(state, change.code);
      const described = written(change);
      const taken = [described.name, ...described.spellings].find(
        (text) => (lineNamed(state, text) ?? line).code !== line.code,
      );
      if (taken !== undefined) throw exists(taken, expectLine(state, taken));
      // What was recorded under the old name is still the line's.
      const spellings = [line.name, ...described.spellings];
      const known = [line.code, described.name, ...line.spellings];
      return { ...described, code: line.code, spellings: othersThan(known, spellings) };
    }
    case 'line-closed':
    case 'line-reopened':
      return { ...change, code: expectLine(state, change.code).code };
    default:
      return unreachable(change);
  }
};

const written = <D extends Description>(description: D): D => ({
  ...description,
  code: textOf('code', description.code),
  name: textOf('name', description.name),
  spellings: description.spellings.map((spelling, index) => textOf(`spellings.${index}`, spelling)),
  family: description.family === null ? null : textOf('family', description.family),
});

const textOf = (field: string, text: string): string =>
  nameOf(
    text,
    (fault) =>
      new Refusal('LINE_NAMELESS', 'invalid', `${field} ${fault}.`, { remedy: 'Give a name that people can read.' }),
  );

/** What adds to the names that are known, each once. */
const othersThan = (known: readonly string[], spellings: readonly string[]): string[] =>
  spellings.filter(
    (spelling, index) => ![...known, ...spellings.slice(0, index)].some((other) => sameName(other, spelling)),
  );

const holds = (change: LineChange, state: LinesState): boolean => {
  const line = state.lines.get(change.code);
  if (!line) return false;
  if (change.of === 'line-closed') return !line.open;
  if (change.of === 'line-reopened') return line.open;
  return change.name === line.name && change.family === line.family && change.spellings.length === 0;
};

const exists = (text: string, { code, name }: Line): Refusal =>
  new Refusal('LINE_EXISTS', 'conflict', `People would take "${text}" for the line ${name}.`, {
    remedy: `Describe the line ${name} otherwise, or choose a name that is told from it.`,
    facts: { code },
  });
