/** What sort of answer a refusal is; the HTTP edge maps each to one status code. */
export type RefusalKind =
  'invalid' | 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict' | 'stale' | 'limited' | 'unavailable';

export interface RefusalDetails {
  /** What the person asked for may do about it, as a sentence. */
  readonly remedy?: string;
  /** The facts that were used, as they may be shown to whoever asked. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** A command or query that is answered with "no", under a code that never changes (`DEAL_NOT_OPEN`). */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: string,
    readonly kind: RefusalKind,
    message: string,
    readonly details: RefusalDetails = {},
  ) {
    super(message);
  }
}

/** What somebody would be refused with; null where they would not be. Throws whatever else is thrown. */
export const refusalOf = (attempt: () => unknown): Refusal | null => {
  try {
    attempt();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};
