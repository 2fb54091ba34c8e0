import { addDays, deriveId, parseInstant } from '@tempore/kernel';
import { ACTOR, expectSound, movesOf, NOW, play } from '@tempore/testing';
import fc from 'fast-check';

import { holdsAt, person, type PersonCommand } from '.';

/** A month passes from command to command. */
const context = (_: PersonCommand, index: number) => ({ now: addDays(NOW, index * 30), actor: ACTOR, known: true });

const holdId = fc.constantFrom(deriveId('hold', '1'), deriveId('hold', '2'));
const reason = fc.constantFrom('Dispute 17', ' ', 'Tax audit ');
const until = fc.constantFrom(null, parseInstant('2026-01-01T00:00:00Z'), parseInstant('2027-01-01T00:00:00Z'));

const command: fc.Arbitrary<PersonCommand> = fc.oneof(
  fc.record({ holdId, reason, until }).map((data) => ({ type: 'PlaceLegalHold' as const, data })),
  fc.record({ holdId, reason }).map((data) => ({ type: 'LiftLegalHold' as const, data })),
  fc.record({ reason }).map((data) => ({ type: 'RequestErasure' as const, data })),
  fc.constant({ type: 'RecordErasure' as const, data: {} }),
);

// What falls due between two commands moves a person from asked for to begun.
const MOVES = ['kept → erasure-requested', 'kept → erasing', 'erasure-requested → erasing', 'erasing → erased'];

it('whatever is commanded, nobody is erased while a hold stands, and nothing takes effect twice', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const steps = play(person, commands, context);
      expectSound(person, steps);
      expect(MOVES).toEqual(expect.arrayContaining([...movesOf(steps)]));
      for (const { before, events } of steps)
        if (events.some(({ type }) => type === 'personal-data-erased')) expect(before.status).toBe('erasing');
      for (const {
        after,
        context: { now },
      } of steps)
        if (after.status === 'erasing' || after.status === 'erased') expect(holdsAt(after, now)).toEqual([]);
    }),
  );
});
