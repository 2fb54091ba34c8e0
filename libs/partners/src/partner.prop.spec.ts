import { expectSound, fold, movesOf, play } from '@tempore/testing';
import fc from 'fast-check';

import { partner, type PartnerCommand } from '.';

const reasons = fc.constantFrom('Invoices overdue', 'Court order');
const application = fc.record({
  legalName: fc.constantFrom('Northwind', ' Northwind', 'Contoso'),
  country: fc.constantFrom('DE', 'US', 'XX'),
  website: fc.constantFrom(null, 'northwind.example', 'https://www.northwind.example/', '192.0.2.1'),
  source: fc.constantFrom(null, { system: 'crm', reference: '7' }),
});
const tier = fc.constantFrom('bronze', 'silver', 'gold');
const ending = fc.record({
  reason: fc.constantFrom('mutual', 'fraud'),
  note: fc.constantFrom(null, 'as agreed'),
});

const command: fc.Arbitrary<PartnerCommand> = fc.oneof(
  application.map((data) => ({ type: 'ApplyAsPartner' as const, data })),
  fc.record({ tier }, { requiredKeys: [] }).map((data) => ({ type: 'ApprovePartner' as const, data })),
  reasons.map((reason) => ({ type: 'SuspendPartner' as const, data: { reason } })),
  fc.constant({ type: 'ReactivatePartner' as const, data: {} }),
  ending.map((data) => ({ type: 'EndPartner' as const, data })),
);

const MOVES = [
  'none → applied',
  'applied → active',
  'active → suspended',
  'suspended → active',
  'active → ended',
  'suspended → ended',
];

it('whatever is commanded, what follows is storable, moves along the allowed edges, and never takes effect twice', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const steps = play(partner, commands);
      expectSound(partner, steps);
      expect(MOVES).toEqual(expect.arrayContaining([...movesOf(steps)]));
    }),
  );
});

it('whatever order facts stand in, they fold to a state', () => {
  const facts = fc
    .sample(fc.array(command, { minLength: 30, maxLength: 30 }), 50)
    .flatMap((commands) => play(partner, commands))
    .flatMap(({ events }) => events);
  fc.assert(
    fc.property(fc.shuffledSubarray(facts, { maxLength: 20 }), (history) => {
      expect(fold(partner, history)).toHaveProperty('status');
    }),
  );
});
