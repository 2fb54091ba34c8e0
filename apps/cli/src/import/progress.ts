import { type Progress, progressBar } from '../progress';

const LINES = 10;

/** A bar where a person watches, else a line for each tenth of the way, as far as its length is known. */
export const progressOf = (verb: string, unit: string, total?: number): Progress =>
  process.stderr.isTTY
    ? progressBar(verb, unit, total)
    : total === undefined
      ? SILENCE
      : progressLines(verb, unit, total);

const SILENCE: Progress = { step: () => undefined, end: () => undefined };

const progressLines = (verb: string, unit: string, total: number): Progress => {
  let done = 0;
  const tenths = (): number => Math.floor((done * LINES) / total);
  return {
    step: (count = 1) => {
      const before = tenths();
      done += count;
      if (tenths() > before) process.stderr.write(`${done} of ${total} ${unit} ${verb}\n`);
    },
    end: () => undefined,
  };
};
