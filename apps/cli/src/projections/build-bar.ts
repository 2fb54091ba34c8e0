import type { BuildProgress } from '@tempore/projections';
import { Presets, SingleBar } from 'cli-progress';

const STEPS = 1_000;

const timeLeft = (seconds: number | undefined): string => (seconds === undefined ? '?' : `${Math.ceil(seconds)} s`);

/** Shows on a terminal how far a build is, how fast it goes and how long it will take. */
export const buildBar = (
  name: string,
): { readonly onProgress: (progress: BuildProgress) => void; readonly end: () => void } => {
  const format = `${name} {bar} {percentage} % | {handled} events | {rate} events/s | {left} left`;
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
  bar.start(STEPS, 0, { handled: 0, rate: 0, left: '?' });
  return {
    onProgress: ({ share, handled, eventsPerSecond, secondsLeft }) => {
      const rate = Math.round(eventsPerSecond);
      bar.update(Math.round(share * STEPS), { handled: handled.toString(), rate, left: timeLeft(secondsLeft) });
    },
    end: () => {
      bar.stop();
    },
  };
};
