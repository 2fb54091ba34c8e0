import { addDays, deriveId } from '@tempore/kernel';
import { expectSound, fold, movesOf, NOW, play } from '@tempore/testing';
import fc from 'fast-check';

import { certificatesAt, certifiedPeople, partner, type PartnerCommand } from '.';

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

const ids = (kind: string) => fc.constantFrom('1', '2', '3').map((name) => deriveId(kind, name));
const reason = fc.constantFrom('As agreed', 'In error');
const day = fc.integer({ min: -5, max: 20 }).map((days) => addDays(NOW, days));
const change = fc.oneof(
  fc.record({ of: fc.constant('named-restriction'), restricted: fc.boolean() }),
  fc.record({
    of: fc.constant('named-accounts'),
    added: fc.array(ids('account'), { maxLength: 2 }),
    removed: fc.array(ids('account'), { maxLength: 2 }),
  }),
  fc.record({
    of: fc.constant('territories'),
    territories: fc.option(
      fc.array(
        fc.record({ country: fc.constantFrom('DE', 'at', 'XX'), productLine: fc.constantFrom(null, 'Gateway') }),
      ),
    ),
  }),
);
const fact: fc.Arbitrary<PartnerCommand> = fc.oneof(
  fc
    .record({ proposalId: ids('proposal'), change, reason })
    .map((data) => ({ type: 'ProposePartnerChange' as const, data })),
  ids('proposal').map((proposalId) => ({ type: 'AdoptPartnerChange' as const, data: { proposalId } })),
  fc.record({ proposalId: ids('proposal'), reason }).map((data) => ({ type: 'WithdrawPartnerChange' as const, data })),
  fc
    .record({
      legalName: fc.constantFrom('Northwind', 'Contoso'),
      country: fc.constantFrom('DE', 'CH'),
      from: day,
      reason,
    })
    .map((data) => ({ type: 'CorrectPartner' as const, data })),
  fc.record({ tier, from: day, reason }).map((data) => ({ type: 'AgreePartnerTier' as const, data })),
  fc.record({ groupId: ids('group'), reason }).map((data) => ({ type: 'JoinPartnerGroup' as const, data })),
  reason.map((why) => ({ type: 'LeavePartnerGroup' as const, data: { reason: why } })),
  fc
    .record({ managerId: fc.option(ids('principal')), from: day })
    .map((data) => ({ type: 'AssignPartnerManager' as const, data })),
  ids('person').map((personId) => ({ type: 'AddPartnerPerson' as const, data: { personId, person: null } })),
  ids('person').map((personId) => ({ type: 'RemovePartnerPerson' as const, data: { personId } })),
  fc
    .record({
      certificateId: ids('certificate'),
      personId: ids('person'),
      productLine: fc.constantFrom('Gateway', 'Analytics'),
      validFrom: day,
      validUntil: day,
    })
    .map((data) => ({ type: 'RecordCertificate' as const, data })),
  fc
    .record({ certificateId: ids('certificate'), reason })
    .map((data) => ({ type: 'RevokeCertificate' as const, data })),
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
    fc.property(fc.array(fc.oneof(command, fact), { maxLength: 30 }), (commands) => {
      const steps = play(partner, commands);
      expectSound(partner, steps);
      expect(MOVES).toEqual(expect.arrayContaining([...movesOf(steps)]));
    }),
  );
});

it('whatever order facts stand in, they fold to a state', () => {
  const facts = fc
    .sample(fc.array(fc.oneof(command, fact), { minLength: 30, maxLength: 30 }), 50)
    .flatMap((commands) => play(partner, commands))
    .flatMap(({ events }) => events);
  fc.assert(
    fc.property(fc.shuffledSubarray(facts, { maxLength: 20 }), (history) => {
      expect(fold(partner, history)).toHaveProperty('status');
    }),
  );
});

it('whoever proposes and adopts, what counts was agreed by two, and no certificate counts outside its time or twice', () => {
  const act = fc.record({
    command: fact,
    actor: fc.constantFrom('anna', 'ben').map((name) => deriveId('actor', name)),
  });
  const application = { legalName: 'Northwind', country: 'DE', website: null, source: null };
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), fc.array(day), (acts, instants) => {
      const steps = play(
        partner,
        [{ type: 'ApplyAsPartner', data: application }, ...acts.map((one) => one.command)],
        (_, index) => ({ now: addDays(NOW, index / 4), actor: acts[index - 1]?.actor ?? deriveId('actor', 'anna') }),
      );
      const proposers = new Map<string, string>();
      for (const { events, context } of steps)
        for (const event of events) {
          if (event.type === 'partner-change-proposed') proposers.set(event.data.proposalId, context.actor);
          if (event.type !== 'partner-change-adopted') continue;
          expect(event.data.proposedBy).toBe(proposers.get(event.data.proposalId));
          expect(event.data.proposedBy).not.toBe(context.actor);
        }
      const state = steps.at(-1)?.after;
      if (!state || state.status === 'none') throw new Error('the partner is known');
      for (const at of instants) {
        const counting = certificatesAt(state.people, at);
        expect(counting.every(({ validFrom, validUntil }) => validFrom <= at && at < validUntil)).toBe(true);
        expect(certifiedPeople(state.people, () => true, at)).toBeLessThanOrEqual(state.people.people.size);
      }
    }),
  );
});
