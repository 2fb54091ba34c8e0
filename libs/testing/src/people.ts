import { deriveId } from '@tempore/kernel';
import type { LegalHold, PersonEvent } from '@tempore/people';

export const aHold = (hold: Partial<LegalHold> = {}): LegalHold => ({
  holdId: deriveId('hold', 'dispute'),
  reason: 'Dispute 17 is open',
  until: null,
  ...hold,
});

/** Histories of natural persons, each as the events that lead there. */
export const heldPerson = (hold?: Partial<LegalHold>): readonly PersonEvent[] => [
  { type: 'legal-hold-placed', data: aHold(hold) },
];

const requested: PersonEvent = { type: 'erasure-requested', data: { reason: 'The person asked by mail' } };

export const personWaitingForErasure = (hold?: Partial<LegalHold>): readonly PersonEvent[] => [
  ...heldPerson(hold),
  requested,
];

export const personBeingErased = (): readonly PersonEvent[] => [requested, { type: 'erasure-begun', data: {} }];

export const erasedPerson = (): readonly PersonEvent[] => [
  ...personBeingErased(),
  { type: 'personal-data-erased', data: {} },
];
