import type { AccountState, RecordCustomer } from '@tempore/accounts';
import type { DealState, EndDeal, RecordSubmission } from '@tempore/deals';
import type {
  AmendClaim,
  AnswerQuestion,
  ClaimsElsewhere,
  DecideByRule,
  DocketState,
  ReportLoss,
  ReportWin,
} from '@tempore/dockets';
import { unreachable } from '@tempore/kernel';

import { nextRegistrationStep, type Registration } from './next-step';

/** What the process tells a docket. */
export type RegistrationClaimCommand = DecideByRule | AnswerQuestion | AmendClaim | ReportWin | ReportLoss;

/**
 * The log, as far as the process touches it, and the one view that it asks. Each command may be sent again: what must
 * not happen twice, the deciders see to.
 */
export interface DealRegistrationLog {
  readonly readDeal: (dealId: string) => Promise<DealState>;
  readonly readDocket: (docketId: string) => Promise<DocketState>;
  readonly readAccount: (accountId: string) => Promise<AccountState>;
  readonly tellAccount: (accountId: string, command: RecordCustomer) => Promise<unknown>;
  readonly tellDeal: (dealId: string, command: RecordSubmission | EndDeal) => Promise<unknown>;
  readonly tellDocket: (docketId: string, command: RegistrationClaimCommand) => Promise<unknown>;
  /**
   * What views know of the customer by the filing, and of nothing later: how likely it is another one by another name, and
   * what else the partner's group had claimed there. Kept with the decision.
   */
  readonly adviseOnFiling: (registration: Registration) => Promise<Omit<DecideByRule['data'], 'dealId'>>;
  /** The partner's live claims on the customer's other dockets, as a view has them: they may send an amendment to a person, nothing more. */
  readonly claimsElsewhere: (registration: Registration) => Promise<ClaimsElsewhere>;
}

/**
 * Drives a registration on as far as it goes by itself. An event of the docket is only a nudge: everything is read anew.
 * Whoever calls this again, after a crash or beside another, comes to the same end. Throws what a docket refuses of what
 * the partner said: nothing is left to do then before the partner says otherwise.
 */
export const driveRegistration = async (log: DealRegistrationLog, registration: Registration): Promise<void> => {
  const { dealId, docketId } = registration;
  for (;;) {
    const [deal, docket] = await Promise.all([log.readDeal(dealId), log.readDocket(docketId)]);
    const won = docket.claims.some((claim) => claim.dealId === dealId && claim.wonOn !== null);
    const account = won && docket.subject ? await log.readAccount(docket.subject.accountId) : null;
    const step = nextRegistrationStep(registration, { deal, docket, account });
    switch (step.do) {
      case 'record-submission':
        await log.tellDeal(dealId, { type: 'RecordSubmission', data: step.submission });
        break;
      case 'decide-by-rule': {
        const advice = await log.adviseOnFiling(registration);
        await log.tellDocket(docketId, { type: 'DecideByRule', data: { dealId, ...advice } });
        break;
      }
      case 'record-customer':
        await log.tellAccount(step.accountId, { type: 'RecordCustomer', data: step.term });
        break;
      case 'end-deal':
        await log.tellDeal(dealId, { type: 'EndDeal', data: { as: step.as } });
        break;
      case 'answer-question':
        await log.tellDocket(docketId, { type: 'AnswerQuestion', data: { dealId, ...step.amendment } });
        break;
      case 'amend-claim': {
        const elsewhere = await log.claimsElsewhere(registration);
        await log.tellDocket(docketId, { type: 'AmendClaim', data: { dealId, ...step.amendment, elsewhere } });
        break;
      }
      case 'report-win': {
        const { statementId, closedOn } = step;
        await log.tellDocket(docketId, { type: 'ReportWin', data: { dealId, statementId, closedOn } });
        break;
      }
      case 'report-loss': {
        const { statementId, reason } = step;
        await log.tellDocket(docketId, { type: 'ReportLoss', data: { dealId, statementId, reason } });
        break;
      }
      case 'wait':
        return;
      default:
        return unreachable(step);
    }
  }
};
