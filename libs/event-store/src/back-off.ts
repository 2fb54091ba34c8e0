/** How long to pause before each next try, in milliseconds: twice as long each time, up to the longest. */
export function* backOff(first: number, longest: number): Generator<number, never, undefined> {
  for (let pause = first; ; pause = Math.min(2 * pause, longest)) yield pause;
}
