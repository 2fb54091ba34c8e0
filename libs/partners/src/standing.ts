import type { DealKind } from '@messages/deals';
import type { Instant } from '@tempore/kernel';

import { certifiedPeople as countCertified } from './partner-people.state';
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
  /** What the line asks for, and how many of the partner's people are certified; absent where nothing was agreed of it. */
  readonly line?: { readonly minimumTier: PartnerTier; readonly certifiedPeople: number; readonly certified: number };
  /** Countries in which it may register deals of the line; null is everywhere. */
  readonly territories: string[] | null;
  /** `only-others` where it may register its named accounts alone, and the customer is none. */
  readonly named: 'aligned' | 'not-aligned' | 'only-others';
}

/** A customer, and a line by all that it is called. */
export interface CustomerLine {
  readonly accountId: string;
  /** Tells of each spelling that something was agreed or recorded under whether it is of the line. */
  readonly isOfLine: (spelling: string) => boolean;
}

/** Undefined where there is no such partner. */
export const standingAt = (
  partnerId: string,
  state: PartnerState,
  { accountId, isOfLine }: CustomerLine,
  at: Instant,
): Standing | undefined => {
  if (state.status === 'none') return undefined;
  const { territories, namedAccounts, restricted, groupId, kind } = state.standing;
  const line = lineAt(state, isOfLine, at);
  return {
    partnerId,
    group: groupId ?? partnerId,
    status: state.status,
    tier: tierOf(state),
    kind,
    lacks: lacksOf(state, line),
    ...(line && { line }),
    territories:
      territories &&
      territories
        .filter((territory) => territory.productLine === null || isOfLine(territory.productLine))
        .map(({ country }) => country),
    named: namedAccounts.has(accountId) ? 'aligned' : restricted ? 'only-others' : 'not-aligned',
  };
};

/** The account manager at an instant. */
export const managerAt = ({ managers }: PartnerStandingState, at: Instant): string | null =>
  managers.findLast(({ from }) => from <= at)?.managerId ?? null;

const tierOf = (state: KnownPartnerState): PartnerTier =>
  state.status === 'applied' ? 'bronze' : state.agreement.tier;

const lineAt = (state: KnownPartnerState, isOfLine: CustomerLine['isOfLine'], at: Instant): Standing['line'] => {
  const terms = state.standing.lines?.find(({ productLine }) => isOfLine(productLine));
  if (!terms) return undefined;
  const { minimumTier, certifiedPeople } = terms;
  return { minimumTier, certifiedPeople, certified: countCertified(state.people, isOfLine, at) };
};

const lacksOf = (state: KnownPartnerState, line: Standing['line']): Lack[] => {
  if (state.standing.lines === null) return [];
  if (!line) return ['line'];
  const lacks: readonly (Lack | false)[] = [
    !reachesTier(tierOf(state), line.minimumTier) && 'tier',
    line.certified < line.certifiedPeople && 'certificate',
  ];
  return lacks.filter((lack) => lack !== false);
};
