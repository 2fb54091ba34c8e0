import { comparePositions, type Position } from '@tempore/kernel';

/** Where a view that is being built has got to. */
export interface BuildProgress {
  readonly handled: bigint;
  readonly eventsPerSecond: number;
  /** From 0 to 1, by the place in the log. */
  readonly share: number;
  /** Undefined until there is a rate to tell it from. */
  readonly secondsLeft: number | undefined;
}

/** Measures a build on its way to `head`; rates are since the first reading. */
export const progressMeter = (head: Position): ((position: Position | undefined, handled: bigint) => BuildProgress) => {
  const began = performance.now();
  let first: { readonly handled: bigint; readonly share: number } | undefined;
  return (position, handled) => {
    const share = shareOf(position, head);
    first ??= { handled, share };
    const seconds = (performance.now() - began) / 1000;
    const gained = share - first.share;
    return {
      handled,
      eventsPerSecond: seconds > 0 ? Number(handled - first.handled) / seconds : 0,
      share,
      secondsLeft: share === 1 ? 0 : gained > 0 ? ((1 - share) * seconds) / gained : undefined,
    };
  };
};

const PRECISION = 1_000_000n;

const shareOf = (position: Position | undefined, head: Position): number => {
  if (!position || head.commit === 0n) return 0;
  return comparePositions(position, head) >= 0
    ? 1
    : Number((position.commit * PRECISION) / head.commit) / Number(PRECISION);
};
