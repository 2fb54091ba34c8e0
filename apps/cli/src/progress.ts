import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  readonly step: (count?: number) => void;
  readonly end: () => void;
}

/**
 * Progress of something long, on standard error so that standard output stays for results. A terminal sees a bar;
 * anything else nothing but the result.
 */
export const progressBar = (verb: string, unit: string, total?: number): Progress => {
  const format =
    total === undefined
      ? `{value} ${unit} ${verb}`
      : `{bar} {percentage} % | {value} of {total} ${unit} ${verb} | {eta_formatted} left`;
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
  bar.start(total ?? 0, 0);
  return {
    step: (count = 1) => {
      bar.increment(count);
    },
    end: () => {
      bar.stop();
    },
  };
};
