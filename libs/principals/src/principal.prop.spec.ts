import { addDays, deriveId } from '@tempore/kernel';
import { expectSound, fold, NOW, play } from '@tempore/testing';
import fc from 'fast-check';

import { partnerRoles, principal, type PrincipalCommand, roles, stakesAt } from '.';

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

const ids = (kind: string) => fc.constantFrom('1', '2', '3').map((name) => deriveId(kind, name));
const people = fc.constantFrom('anna', 'ben', 'cora').map((name) => deriveId('principal', name));
const reason = fc.constantFrom('New quota', 'Moved on');
const own = fc.record({ stakeId: ids('stake'), on: fc.constantFrom('account', 'partner'), id: ids('subject') });
const stakeChange = fc.oneof(
  own.map((stake) => ({ of: 'stake' as const, stake: { ...stake, kind: 'quota' as const } })),
  ids('stake').map((stakeId) => ({ of: 'stake-end' as const, stakeId })),
);
const anna = deriveId('principal', 'anna');
const stakeCommand: fc.Arbitrary<PrincipalCommand> = fc.oneof(
  fc
    .record({ stake: own, reason })
    .map((data) => ({ type: 'DeclareStake' as const, data: { ...data, principalId: anna } })),
  fc
    .record({ proposalId: ids('proposal'), change: stakeChange, reason })
    .map((data) => ({ type: 'ProposeStakeChange' as const, data })),
  ids('proposal').map((proposalId) => ({
    type: 'AdoptStakeChange' as const,
    data: { principalId: anna, proposalId },
  })),
  fc.record({ proposalId: ids('proposal'), reason }).map((data) => ({ type: 'WithdrawStakeChange' as const, data })),
);

it('whoever says whatever of somebody’s stakes, only they declare, they confirm nothing, and no stake ends by one person', () => {
  const act = fc.record({ command: stakeCommand, actor: people });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const steps = play(
        principal,
        acts.map((one) => one.command),
        (_, index) => ({ now: addDays(NOW, index / 4), actor: acts[index]?.actor ?? anna }),
      );
      expectSound(principal, steps);
      const proposers = new Map<string, string>();
      for (const { before, after, events, context } of steps) {
        for (const event of events) {
          if (event.type === 'stake-change-proposed') proposers.set(event.data.proposalId, context.actor);
          if (event.type === 'stake-declared') expect(context.actor).toBe(anna);
          if (event.type !== 'stake-change-adopted') continue;
          expect(event.data.proposedBy).toBe(proposers.get(event.data.proposalId));
          expect([anna, event.data.proposedBy]).not.toContain(context.actor);
        }
        const lasting = stakesAt(after, context.now);
        const ended = stakesAt(before, context.now).filter((stake) => !lasting.includes(stake));
        expect(ended.length).toBeLessThanOrEqual(
          events.filter((event) => event.type === 'stake-change-adopted' && event.data.change.of === 'stake-end')
            .length,
        );
      }
    }),
  );
});
