import { Refusal } from '@tempore/kernel';

import type { KnownPartnerState, PartnerState } from './partner.state';

export type PartnerStatus = KnownPartnerState['status'];

/**
 * A partner's people act while it is active, and while it stands otherwise do only what is open to them then (rulebook 3):
 * one that has applied drafts nothing, a suspended one neither asks nor files, one whose agreement ended reads its own.
 * Throws `PARTNER_UNKNOWN`, `PARTNER_NOT_APPROVED`, `PARTNER_SUSPENDED` or `PARTNER_ENDED`.
 */
export const expectMayAct = ({ status }: PartnerState, alsoWhile: readonly PartnerStatus[]): void => {
  if (status === 'active' || (status !== 'none' && alsoWhile.includes(status))) return;
  const { code, message, remedy } = NOT_NOW[status];
  throw new Refusal(code, 'forbidden', message, { remedy });
};

const NOT_NOW = {
  none: {
    code: 'PARTNER_UNKNOWN',
    message: 'There is no partner under the id that the token names.',
    remedy: 'Ask for a token that names the organisation you act for as the programme knows it.',
  },
  applied: {
    code: 'PARTNER_NOT_APPROVED',
    message: 'Your organisation has applied, and is not in the programme yet.',
    remedy: 'Wait until the application is approved.',
  },
  suspended: {
    code: 'PARTNER_SUSPENDED',
    message: 'Your organisation is suspended: it does not ask, draft or file.',
    remedy: 'Answer what is asked of you, withdraw or release; ask your channel manager what ends the suspension.',
  },
  ended: {
    code: 'PARTNER_ENDED',
    message: 'The agreement with your organisation has ended.',
    remedy: 'What is your own you may go on reading.',
  },
} as const;
