import type { DealState, EndDeal, RecordSubmission } from '@tempore/deals';
import type { ConflictAdvice, DecideByRule, DocketState } from '@tempore/dockets';
import { unreachable } from '@tempore/kernel';

import { nextRegistrationStep, type Registration } from './next-step';

/**
 * The log, as far as the process touches it, and the one view that it asks. Each command may be sent again with the same
 * id: what must not happen twice, the deciders see to.
 */
export interface DealRegistrationLog {
  readonly readDeal: (dealId: string) => Promise<DealState>;
  readonly readDocket: (docketId: string) => Promise<DocketState>;
  readonly tellDeal: (dealId: string, command: RecordSubmission | EndDeal) => Promise<unknown>;
  readonly tellDocket: (docketId: string, command: DecideByRule) => Promise<unknown>;
  /** How likely the deal's customer is another one by another name, as a view has it: advice, kept with the decision. */
  readonly adviseOnConflict: (registration: Registration) => Promise<ConflictAdvice>;
}

/**
 * Drives a registration on as far as it goes by itself. An event of the docket is only a nudge: everything is read anew.
 * Whoever calls this again, after a crash or beside another, comes to the same end.
 */
export const driveRegistration = async (log: DealRegistrationLog, registration: Registration): Promise<void> => {
  const { dealId, docketId } = registration;
  for (;;) {
    const [deal, docket] = await Promise.all([log.readDeal(dealId), log.readDocket(docketId)]);
    const step = nextRegistrationStep(registration, { deal, docket });
    switch (step.do) {
      case 'record-submission':
        await log.tellDeal(dealId, { type: 'RecordSubmission', data: step.submission });
        break;
      case 'decide-by-rule': {
        const conflict = await log.adviseOnConflict(registration);
        await log.tellDocket(docketId, { type: 'DecideByRule', data: { dealId, conflict } });
        break;
      }
      case 'end-deal':
        await log.tellDeal(dealId, { type: 'EndDeal', data: { as: step.as } });
        break;
      case 'wait':
        return;
      default:
        return unreachable(step);
    }
  }
};
