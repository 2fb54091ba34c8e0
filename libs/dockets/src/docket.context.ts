import type { DecisionContext, Refusal } from '@tempore/kernel';

import type { AccountFacts, PartnerStanding, Stake } from './facts';
import type { PolicyInForce } from './terms';
import type { Rate } from './valuation';

/** What decisions about a docket are told beside clock and actor. */
export interface DocketContext extends DecisionContext {
  /** In force now. Only filings use it: a claim lives under the one that it was filed under. */
  readonly policy: PolicyInForce;
  /** What opens something on the docket's line is refused with, where the line is closed. */
  readonly closedLine?: Refusal | null;
  /** The partner whose deal the command names, as it stands now; null where the command names none. */
  readonly partner: PartnerStanding | null;
  readonly account: AccountFacts;
  /** All that ties whoever acts to this customer, or to any partner. */
  readonly stakes: readonly Stake[];
  /** The deals whose parties were looked at for that; `all` where nobody decides or states anything for the vendor. */
  readonly examined: readonly string[] | 'all';
  /** The programme's rates of today, as far as it has any. */
  readonly rates: readonly Rate[];
}

/** The part that decisions by a neutral person need. */
export type NeutralContext = Pick<DocketContext, 'now' | 'actor' | 'stakes' | 'examined'>;
