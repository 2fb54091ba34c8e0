import type { LegacyDeal } from '@messages/deals';

import type { Remark } from './cell';
import type { Role } from './mapping';

/** What does not add up. It is recorded as it stands: a legacy deal keeps what another system knew. */
export const oddities = (deal: LegacyDeal): readonly (readonly [Role, Remark])[] => {
  const { stage, value, openedOn, closedOn, accountName } = deal;
  const isClosed = stage === 'won' || stage === 'lost';
  const found: [Role, Remark | false][] = [
    ['account', accountName === null && remark('ACCOUNT_MISSING', 'No account is named.', 'Recorded without one.')],
    ['value', stage === 'won' && !value && remark('VALUE_MISSING', 'Won without a value.', 'Recorded without one.')],
    ['value', value !== null && value.minorUnits < 0 && remark('VALUE_NEGATIVE', 'The value is below zero.')],
    ['closed', isClosed && !closedOn && remark('CLOSED_MISSING', `No day, though ${stage}.`, 'Recorded without one.')],
    ['closed', !isClosed && !!closedOn && remark('CLOSED_UNEXPECTED', `A closing day, though ${stage}.`)],
    [
      'closed',
      !!openedOn &&
        !!closedOn &&
        closedOn < openedOn &&
        remark('CLOSED_BEFORE_OPENED', `Closed on ${closedOn}, opened on ${openedOn}.`),
    ],
  ];
  return found.filter((pair): pair is [Role, Remark] => pair[1] !== false);
};

const remark = (kind: Remark['kind'], what: string, then = 'Recorded as it stands.'): Remark => ({ kind, what, then });
