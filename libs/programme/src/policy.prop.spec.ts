import { addDays, type DecisionContext, deriveId } from '@tempore/kernel';
import { expectSound, fold, NOW, play } from '@tempore/testing';
import fc from 'fast-check';

import { policy, policyAt, type PolicyCommand, policyVersion1 } from '.';

const version = fc.integer({ min: 1, max: 6 });
const day = fc.integer({ min: 0, max: 20 }).map((days) => addDays(NOW, days));
const reason = fc.constantFrom('Shorter windows', 'Longer windows');
const windows = fc.integer({ min: 31, max: 33 }).map((windowDays) => ({
  ...policyVersion1,
  protection: { ...policyVersion1.protection, windowDays },
}));

const command: fc.Arbitrary<PolicyCommand> = fc.oneof(
  fc
    .record({ version, effectiveFrom: fc.option(day), policy: windows, holidaySets: fc.constant([]), reason })
    .map((data) => ({ type: 'ProposePolicy' as const, data })),
  fc.constant({ type: 'SupplementPolicy' as const, data: {} }),
  version.map((one) => ({ type: 'AdoptPolicy' as const, data: { version: one } })),
  fc.record({ version, reason }).map((data) => ({ type: 'WithdrawPolicy' as const, data })),
);
const actor = fc.constantFrom('anna', 'ben', 'cora').map((name) => deriveId('actor', name));

it('whoever proposes, adopts and withdraws whatever, versions have no gaps, and none in force had one author or began before it was recorded', () => {
  const founding: PolicyCommand = { type: 'FoundProgramme', data: { policy: policyVersion1 } };
  const act = fc.record({ command, actor });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), fc.array(day), (acts, instants) => {
      const contexts: readonly DecisionContext[] = acts.map((one, index) => ({
        now: addDays(NOW, index / 4),
        actor: one.actor,
      }));
      const steps = play(
        policy,
        [founding, ...acts.map((one) => one.command)],
        (_, index) => contexts[index - 1] ?? { now: NOW, actor: deriveId('installation') },
      );
      expectSound(policy, steps);
      const state = steps.at(-1)?.after ?? fold(policy, []);
      expect(state.map((known) => known.version)).toEqual(state.map((_, index) => index + 1));
      for (const known of state) {
        if (known.status !== 'adopted') continue;
        expect(known.adoptedBy).not.toBe(known.proposedBy);
        expect(known.effectiveFrom >= known.adoptedAt).toBe(true);
      }
      for (const at of instants) expect((policyAt(state, at)?.effectiveFrom ?? 'never') <= at).toBe(true);
    }),
  );
});
