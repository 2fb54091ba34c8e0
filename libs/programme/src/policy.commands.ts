import type { Command, Instant } from '@tempore/kernel';

import type { Policy } from './policy';
import type { HolidaySet } from './policy.events';

/** Given by every start; the first one counts. */
export type FoundProgramme = Command<'FoundProgramme', { readonly policy: Policy }>;

/** Given by every start: puts numbers on record that no version has yet. */
export type SupplementPolicy = Command<'SupplementPolicy', Readonly<Record<string, never>>>;

/**
 * `version` is one more than the latest one proposed. `policy` is checked whole, whatever it is; the days of the sets
 * are added to its holidays. `effectiveFrom` is null where it is to take effect when it is adopted.
 */
export type ProposePolicy = Command<
  'ProposePolicy',
  {
    readonly version: number;
    readonly effectiveFrom: Instant | null;
    readonly policy: unknown;
    readonly holidaySets: readonly HolidaySet[];
    readonly reason: string;
  }
>;

export type AdoptPolicy = Command<'AdoptPolicy', { readonly version: number }>;

export type WithdrawPolicy = Command<'WithdrawPolicy', { readonly version: number; readonly reason: string }>;

export type PolicyCommand = FoundProgramme | SupplementPolicy | ProposePolicy | AdoptPolicy | WithdrawPolicy;
