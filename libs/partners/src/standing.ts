import type { DealKind } from '@messages/deals';
import { type Instant, sameName } from '@tempore/kernel';

import { certifiedPeople } from './partner-people.state';
import type { PartnerStandingState } from './partner-standing.state';
import { type PartnerTier, reachesTier } from './partner-tier';
import type { KnownPartnerState, PartnerState } from './partner.state';

/** What a line asks for and a partner has not; `line` where it was not agreed that the partner sells it at all. */
export type Lack = 'line' | 'tier' | 'certificate';

/** How a partner stands to one customer and line at an instant, which is all that a filing is judged by. */
export interface Standing {
  readonly partnerId: string;
  /** The partners under common control with it; its own id where it stands alone. */
  readonly group: string;
  readonly status: KnownPartnerState['status'];
  /** The lowest where nothing was agreed yet. */
  readonly tier: PartnerTier;
  /** What its registrations are proposed as. */
  readonly kind: DealKind;
  readonly lacks: Lack[];
  /** Countries in which it may register deals of the line; null is everywhere. */
  readonly territories: string[] | null;
  /** `only-others` where it may register its named accounts alone, and the customer is none. */
  readonly named: 'aligned' | 'not-aligned' | 'only-others';
}

/** Undefined where there is no such partner. */
export const standingAt = (
  partnerId: string,
  state: PartnerState,
  { accountId, productLine }: { readonly accountId: string; readonly productLine: string },
  at: Instant,
): Standing | undefined => {
  if (state.status === 'none') return undefined;
  const { territories, namedAccounts, restricted, groupId, kind } = state.standing;
  return {
    partnerId,
    group: groupId ?? partnerId,
    status: state.status,
    tier: tierOf(state),
    kind,
    lacks: lacksAt(state, productLine, at),
    territories:
      territories &&
      territories
        .filter((territory) => territory.productLine === null || sameName(territory.productLine, productLine))
        .map(({ country }) => country),
    named: namedAccounts.has(accountId) ? 'aligned' : restricted ? 'only-others' : 'not-aligned',
  };
};

/** The account manager at an instant. */
export const managerAt = ({ managers }: PartnerStandingState, at: Instant): string | null =>
  managers.findLast(({ from }) => from <= at)?.managerId ?? null;

const tierOf = (state: KnownPartnerState): PartnerTier =>
  state.status === 'applied' ? 'bronze' : state.agreement.tier;

const lacksAt = (state: KnownPartnerState, productLine: string, at: Instant): Lack[] => {
  if (state.standing.lines === null) return [];
  const terms = state.standing.lines.find((line) => sameName(line.productLine, productLine));
  if (!terms) return ['line'];
  const lacks: readonly (Lack | false)[] = [
    !reachesTier(tierOf(state), terms.minimumTier) && 'tier',
    certifiedPeople(state.people, productLine, at) < terms.certifiedPeople && 'certificate',
  ];
  return lacks.filter((lack) => lack !== false);
};
