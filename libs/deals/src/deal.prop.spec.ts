import { expectSound, legacyDeal, movesOf, play } from '@tempore/testing';
import fc from 'fast-check';

import { deal, type DealCommand } from '.';

const command: fc.Arbitrary<DealCommand> = fc
  .record(
    {
      stage: fc.constantFrom('prospecting', 'engaging', 'won', 'lost'),
      value: fc.option(fc.record({ minorUnits: fc.maxSafeInteger(), currency: fc.constantFrom('USD', 'JPY') })),
      accountId: fc.constant(null),
    },
    { requiredKeys: [] },
  )
  .map((content) => ({ type: 'RecordLegacyDeal', data: legacyDeal(content) }));

it('whatever is imported, a deal is recorded once, as it came first', () => {
  fc.assert(
    fc.property(fc.array(command, { minLength: 1, maxLength: 20 }), (commands) => {
      const steps = play(deal, commands);
      expectSound(deal, steps);
      expect(movesOf(steps)).toEqual(['none → legacy']);
      expect(steps.at(-1)?.after).toEqual({ status: 'legacy', deal: commands[0]?.data });
    }),
  );
});
