import { isDeepStrictEqual } from 'node:util';

import { type DecisionContext, type Instant, laterOf, Refusal, textOf, unreachable } from '@tempore/kernel';

import type { LiftLegalHold, PersonCommand, PlaceLegalHold, RecordErasure, RequestErasure } from './person.commands';
import type { LegalHold, PersonEvent } from './person.events';
import { type Hold, holdsAt, type PersonState } from './person.state';

/** Beside clock and actor: whether personal data was ever sealed for this person. */
export interface PersonContext extends DecisionContext {
  readonly known: boolean;
}

type Decision = readonly PersonEvent[];

export const placeHold = ({ data }: PlaceLegalHold, state: PersonState, { now }: DecisionContext): Decision => {
  const hold: LegalHold = { ...data, reason: whyOf(data.reason) };
  const placed = state.holds.find(({ holdId }) => holdId === hold.holdId);
  if (placed && isDeepStrictEqual(contentOf(placed), hold)) return [];
  if (placed)
    throw new Refusal('LEGAL_HOLD_EXISTS', 'conflict', 'This hold was placed before, with another content.', {
      remedy: 'Place it under an id of its own.',
    });
  if (state.status === 'erasing' || state.status === 'erased')
    throw new Refusal('PERSON_ERASED', 'conflict', 'The person’s data is erased: there is nothing left to hold.', {
      remedy: 'Hold what is kept elsewhere; what stood here cannot be brought back.',
    });
  if (hold.until !== null && hold.until <= now)
    throw new Refusal('LEGAL_HOLD_PAST', 'invalid', `until ${hold.until} is not in the future.`, {
      remedy: 'Give an instant that is still to come, or leave it out: the hold then stands until it is lifted.',
    });
  return [{ type: 'legal-hold-placed', data: hold }];
};

/** Whoever waits to be forgotten is, as soon as the last hold is lifted. */
export const liftHold = ({ data }: LiftLegalHold, state: PersonState, { now }: DecisionContext): Decision => {
  const lifting = { ...data, reason: whyOf(data.reason) };
  const placed = state.holds.find(({ holdId }) => holdId === lifting.holdId);
  if (!placed) throw new Refusal('LEGAL_HOLD_NOT_FOUND', 'not-found', 'There is no such hold on this person.');
  if (placed.lifted) return [];
  const lifted: PersonEvent = { type: 'legal-hold-lifted', data: lifting };
  if (state.status !== 'erasure-requested') return [lifted];
  const remaining = state.holds.filter(({ holdId }) => holdId !== lifting.holdId);
  return [lifted, ...beginUnlessHeld({ ...state, holds: remaining }, now)];
};

export const requestErasure = ({ data }: RequestErasure, state: PersonState, { now }: DecisionContext): Decision => {
  const reason = whyOf(data.reason);
  if (state.status !== 'kept') return [];
  return [{ type: 'erasure-requested', data: { reason } }, ...beginUnlessHeld(state, now)];
};

export const recordErasure = (_command: RecordErasure, { status }: PersonState): Decision => {
  if (status === 'erased') return [];
  if (status === 'erasing') return [{ type: 'personal-data-erased', data: {} }];
  throw new Refusal('ERASURE_NOT_BEGUN', 'conflict', 'No erasure of this person has begun.', {
    remedy: 'Ask for the erasure, and lift what holds it up.',
  });
};

export const decide = (command: PersonCommand, state: PersonState, context: PersonContext): Decision => {
  if (!context.known) throw new Refusal('PERSON_NOT_FOUND', 'not-found', 'There is no such person.');
  switch (command.type) {
    case 'PlaceLegalHold':
      return placeHold(command, state, context);
    case 'LiftLegalHold':
      return liftHold(command, state, context);
    case 'RequestErasure':
      return requestErasure(command, state, context);
    case 'RecordErasure':
      return recordErasure(command, state);
    default:
      return unreachable(command);
  }
};

/**
 * The begin of an erasure is a fact of its own, on the stream on which holds are placed: between it and the key's
 * destruction no hold can come.
 */
const begun: PersonEvent = { type: 'erasure-begun', data: {} };

const beginUnlessHeld = (state: PersonState, now: Instant): Decision => (holdsAt(state, now).length > 0 ? [] : [begun]);

/** An erasure that was held up begins when the last hold runs out, whether anybody asks again or not. */
export const settle = (state: PersonState, now: Instant): Decision => {
  if (state.status !== 'erasure-requested' || holdsAt(state, now).length > 0) return [];
  const ends = state.holds.flatMap(({ lifted, until }) => (lifted || until === null ? [] : [until]));
  return [{ ...begun, occurredAt: ends.reduce(laterOf, state.requestedAt), cause: 'erasure-begun' }];
};

const contentOf = ({ holdId, reason, until }: Hold): LegalHold => ({ holdId, reason, until });

const whyOf = (text: string): string =>
  textOf(
    text,
    (fault) =>
      new Refusal('PERSON_TEXT_MISSING', 'invalid', `reason ${fault}.`, {
        remedy: 'Say why, for whoever looks at it later.',
      }),
  );
