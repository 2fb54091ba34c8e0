import { type Failure } from '../failure';

/** The calls that are being answered, so that a shutdown can end each of them. */
export class ActiveCalls {
  private readonly ends = new Set<(failure: Failure) => void>();

  /** @returns what to do when the call is over. */
  add(end: (failure: Failure) => void): () => void {
    this.ends.add(end);
    return () => this.ends.delete(end);
  }

  endAll(failure: Failure): void {
    for (const end of this.ends) end(failure);
  }
}
