import { dealActBarredBy, dealActs, type DealState } from '@tempore/deals';
import {
  answerBarredBy,
  type DocketContext,
  type DocketState,
  partnerActBarredBy,
  partnerClaimActs,
  reviewActBarredBy,
  reviewActs,
  rightsOf,
} from '@tempore/dockets';
import { type DecisionContext, type Instant, Refusal, refusalOf } from '@tempore/kernel';
import { expectMayAct, partner, type PartnerState, type PartnerStatus } from '@tempore/partners';

import type { Reads } from '../act-log';
import { organisationOf, type Principal } from '../principal';
import { loadDocketContext } from './docket-context';

/** Whatever a partner's people do about a deal, by the names of its routes. */
export const partnerActs = [...dealActs, ...partnerClaimActs] as const;
export type PartnerAct = (typeof partnerActs)[number];

/** Everything that anybody does about a deal. */
export const actsOnDeals = [...partnerActs, ...reviewActs] as const;
export type ActOnDeal = (typeof actsOnDeals)[number];

/** Something that can be done about a deal, and what whoever asked would be refused it with; null where they may do it. */
export interface Right {
  readonly act: ActOnDeal;
  readonly refusal: Refusal | null;
}

/** What a partner does of its deals also while it is not active (rulebook 3, refusals). */
export const alsoWhile: Readonly<Partial<Record<PartnerAct, readonly [PartnerStatus, ...PartnerStatus[]]>>> = {
  answer: ['suspended'],
  'first-touch-document': ['suspended'],
  reconfirmation: ['suspended'],
  interest: ['suspended'],
  refusal: ['suspended'],
  withdrawal: ['suspended'],
  release: ['suspended'],
};

export interface DealOnDocket {
  readonly id: string;
  readonly state: DealState;
  /** The empty one for a draft. */
  readonly docket: DocketState;
}

interface PartnerContext extends DecisionContext {
  /** What the docket's decisions are told; null where the deal stands on none. */
  readonly ofDocket: DocketContext | null;
  /** The people named whose data was erased. */
  readonly forgotten: ReadonlySet<string>;
}

/** What the people of a deal's partner may do about it. */
export const rightsOfPartner = (
  { id, state, docket }: DealOnDocket,
  organisation: PartnerState,
  { ofDocket, ...context }: PartnerContext,
): readonly Right[] => {
  const { now } = context;
  const barred = ofDocket && answerBarredBy(docket, id, now);
  const said = { ...context, rights: rightsOf(docket, id, now), barred };
  const rights: readonly { readonly act: PartnerAct; readonly refusal: Refusal | null }[] = [
    ...dealActs.map((act) => ({ act, refusal: dealActBarredBy(act, state, said) })),
    ...partnerClaimActs.map((act) => ({
      act,
      refusal: ofDocket ? partnerActBarredBy(act, docket, id, ofDocket) : notFiled(),
    })),
  ];
  return rights.map(({ act, refusal }) => ({
    act,
    refusal: refusalOf(() => expectMayAct(organisation, alsoWhile[act] ?? [])) ?? refusal,
  }));
};

/** What somebody who decides for the vendor may do about a deal that was filed. */
export const rightsOfReviewer = ({ id, docket }: DealOnDocket, context: DocketContext): readonly Right[] =>
  reviewActs.map((act) => ({ act, refusal: reviewActBarredBy(act, docket, id, context) }));

/** What somebody who looks at a deal may do about it; nothing for those who only look. */
export const loadRights = async (
  log: Reads,
  principal: Principal,
  deal: DealOnDocket,
  forgotten: ReadonlySet<string>,
  now: Instant,
): Promise<readonly Right[]> => {
  const { id: actor } = principal;
  const { state, docket } = deal;
  const { subject, claims } = docket;
  const claim = claims.find(({ dealId }) => dealId === deal.id);
  const decides = principal.side === 'vendor' && principal.roles.includes('channel-manager');
  if (!('partnerId' in state) || (principal.side === 'vendor' && !(decides && claim))) return [];
  const contextOf = async () =>
    subject && claim
      ? {
          ...(await loadDocketContext(
            log,
            {
              ...subject,
              partnerId: state.partnerId,
              actor: { id: actor, partnerId: organisationOf(principal) },
              beside: decides ? claims : 'all',
            },
            now,
          )),
          now,
          actor,
        }
      : null;
  const [ofDocket, organisation] = await Promise.all([contextOf(), log.read(partner, state.partnerId)]);
  if (!decides) return rightsOfPartner(deal, organisation.state, { now, actor, ofDocket, forgotten });
  return ofDocket ? rightsOfReviewer(deal, ofDocket) : [];
};

/** The answer to whoever does to a draft what is done to a claim. */
const notFiled = () =>
  new Refusal('DEAL_NOT_FILED', 'conflict', 'The deal is a draft.', { remedy: 'Submit it first.' });
