import { activePartner, appliedPartner, endedPartner, fold, suspendedPartner } from '@tempore/testing';
import { Refusal } from '@tempore/kernel';

import { expectMayAct, partner, type PartnerEvent, type PartnerStatus } from '.';

const refusedWith = (history: readonly PartnerEvent[], alsoWhile: readonly PartnerStatus[]): string | null => {
  try {
    expectMayAct(fold(partner, history), alsoWhile);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

it.each([
  ['an active partner', activePartner(), [], null],
  ['nobody', [], ['applied', 'suspended', 'ended'] as const, 'PARTNER_UNKNOWN'],
  ['one that has applied', appliedPartner(), ['suspended'] as const, 'PARTNER_NOT_APPROVED'],
  ['a suspended one', suspendedPartner(), [], 'PARTNER_SUSPENDED'],
  ['a suspended one, and an act that is open to it', suspendedPartner(), ['suspended'] as const, null],
  ['an ended one, and an act that is open to suspended ones', endedPartner(), ['suspended'] as const, 'PARTNER_ENDED'],
])('given %s, then its people may act, or are told why not', (_, history, alsoWhile, code) =>
  expect(refusedWith(history, alsoWhile)).toBe(code),
);
