/** How much of everything a run does. */
export interface Size {
  /** Alternating rounds of the subject and what it is held against. */
  readonly rounds: number;
  /** How long each lasts where a round is a time. */
  readonly roundMs: number;
  /** How often something is done where a round is a number. */
  readonly times: number;
  /** Log lengths, the shorter first. */
  readonly events: readonly [number, number];
  readonly accounts: number;
  readonly pipelineRows: number;
}

export const FULL: Size = {
  rounds: 5,
  roundMs: 2_000,
  times: 500,
  events: [100_000, 500_000],
  accounts: 100_000,
  pipelineRows: 8_800,
};

/** Shows that everything works, and no figure that means anything. */
export const QUICK: Size = {
  rounds: 1,
  roundMs: 100,
  times: 5,
  events: [200, 400],
  accounts: 200,
  pipelineRows: 50,
};

/** What was asked of a figure: of the value itself, or of its ratio. */
export interface Aim {
  readonly of: 'value' | 'ratio';
  readonly least?: number;
  readonly most?: number;
}

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What does the same with nothing of ours around it, measured in the same run. */
  readonly peer?: { readonly what: string; readonly value: number };
  /** Of the value to the peer's: the median over pairs of neighbouring rounds where there are several. */
  readonly ratio?: number;
  readonly aim?: Aim;
}

export interface Measure {
  readonly name: string;
  readonly why: string;
  /** What a short run of it says means nothing, and takes long all the same: it is left out of one. */
  readonly inFullOnly?: true;
  /** Uses the stores that EVENTSTORE_URL and DATABASE_URL name. */
  readonly run: (size: Size) => Promise<readonly Figure[]>;
}

export const meets = ({ value, ratio, aim }: Figure): boolean | undefined => {
  if (!aim) return undefined;
  const held = aim.of === 'value' ? value : ratio;
  return held !== undefined && held >= (aim.least ?? -Infinity) && held <= (aim.most ?? Infinity);
};
