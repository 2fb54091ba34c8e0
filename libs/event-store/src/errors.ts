import type { Revision } from './port';

/** The stream was not at the expected revision: somebody else appended first. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';

  constructor(
    readonly stream: string,
    readonly expected: Revision,
    readonly actual: Revision,
  ) {
    super(`${stream} is at revision ${actual.toString()}, expected ${expected.toString()}`);
  }
}

/** The events break a rule of the store: nothing was written, and a repeat is no use. */
export class AppendRefused extends Error {
  override readonly name = 'AppendRefused';
}

/** The store did not answer in time. Whether an append took effect is unknown; a retry under the same command id is safe. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The place to start from is not one of this log: it was saved from another store. */
export class ForeignPosition extends Error {
  override readonly name = 'ForeignPosition';
}
