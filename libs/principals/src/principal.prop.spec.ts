import { addDays, deriveId } from '@tempore/kernel';
import { expectSound, fold, NOW, play } from '@tempore/testing';
import fc from 'fast-check';

import { partnerRoles, principal, type PrincipalCommand, roles } from '.';

const command: fc.Arbitrary<PrincipalCommand> = fc
  .record({
    tokenId: fc.constantFrom('1', '2', '3').map((name) => deriveId('token', name)),
    roles: fc.array(fc.constantFrom(...roles), { maxLength: 3 }),
    partnerId: fc.constantFrom(null, deriveId('partner', 'northwind')),
    expiresAt: fc.constantFrom(NOW, addDays(NOW, 1)),
  })
  .map((data) => ({ type: 'MintToken', data }));

it('whatever is commanded, a token id stands for one set of rights, with a partner exactly where a partner acts', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      const steps = play(principal, commands);
      expectSound(principal, steps);
      const { tokens } = fold(
        principal,
        steps.flatMap(({ events }) => events),
      );
      expect(new Set(tokens.map(({ tokenId }) => tokenId)).size).toBe(tokens.length);
      for (const { roles: held, partnerId } of tokens)
        expect(partnerRoles.some((role) => held.includes(role))).toBe(partnerId !== null);
    }),
  );
});
