import type { Shown } from '@tempore/kernel';

import type { ShownOf, VisibilityEvent } from './visibility.events';

/** A `visibility-changed` event under its number in the sequence. */
export interface VisibilityChange {
  /** 20 digits, zero-padded: text order is log order. */
  readonly sequence: string;
  readonly data: VisibilityEvent['data'];
}

/**
 * What an audience is shown of an event that stands at a place in the sequence: what was declared last before it, or, for
 * events older than any declaration, first of all. Undefined where nothing was ever declared.
 */
export const shownAt = (
  changes: readonly VisibilityChange[],
  { audience, type, version }: Omit<ShownOf, 'shown'>,
  sequence: string,
): Shown | null | undefined => {
  const declared = changes.flatMap((change) =>
    change.data.types
      .filter((one) => one.audience === audience && one.type === type && one.version === version)
      .map(({ shown }) => ({ shown, since: change.sequence })),
  );
  return (declared.findLast(({ since }) => since < sequence) ?? declared[0])?.shown;
};
