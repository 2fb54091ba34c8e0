import { deriveId, parseDay } from '@tempore/kernel';
import {
  accountId,
  aContent,
  aDocument,
  ACTOR,
  aStanding,
  expectSound,
  movesOf,
  NOW,
  play,
  usd,
} from '@tempore/testing';
import fc from 'fast-check';

import { contentRef, deal, type DealCommand, lastOf, type PartnerRights, whitelist } from '.';

const content = fc
  .record(
    {
      businessProblem: fc.constantFrom('Orders get lost', ' Orders get lost', '', null),
      site: fc.constantFrom(null, 'Bern'),
      value: fc.constantFrom(
        { oneTime: usd(10_000), annualRecurring: null, termMonths: null },
        { oneTime: null, annualRecurring: usd(10_000), termMonths: 12 },
      ),
      evidence: fc.subarray([aDocument('offer'), aDocument('minutes')]),
    },
    { requiredKeys: [] },
  )
  .map(aContent);
const partnerId = fc.constantFrom('northwind', 'fabrikam').map((name) => aStanding(name).partnerId);

const command: fc.Arbitrary<DealCommand> = fc.oneof(
  fc.record({ partnerId, content }).map((data) => ({ type: 'DraftDeal' as const, data })),
  content.map((change) => ({ type: 'ReviseDeal' as const, data: { change } })),
  fc.constantFrom('drafted', 'revised').map((event) => ({
    type: 'RecordSubmission' as const,
    data: {
      docketId: deriveId('docket'),
      accountId,
      content: contentRef(deriveId('event', event), aContent()),
    },
  })),
  {
    weight: 3,
    arbitrary: content.map((amended) => ({ type: 'AmendDeal' as const, data: { content: amended, answers: null } })),
  },
  fc
    .constantFrom('qualifying' as const, 'proposing' as const)
    .map((stage) => ({ type: 'ReportStage' as const, data: { stage } })),
  fc
    .record({
      outcome: fc.constantFrom('won' as const, 'lost' as const),
      closedOn: fc.constant(parseDay('2026-05-20')),
      reason: fc.constantFrom(null, ' ', 'Bought elsewhere'),
      evidence: fc.constant(aDocument('letter')).map((document) => [document]),
    })
    .map((data) => ({ type: 'ClaimOutcome' as const, data })),
  fc.constantFrom('won' as const, 'withdrawn' as const).map((as) => ({ type: 'EndDeal' as const, data: { as } })),
);

const rights: fc.Arbitrary<PartnerRights> = fc.constantFrom(
  { amend: [], reportStage: false, question: null },
  { amend: whitelist, reportStage: true, question: null },
);

/** What is said, and what the docket then lets the partner say. */
const story = fc.array(fc.tuple(command, rights), { maxLength: 30 }).map((told) =>
  play(
    deal,
    told.map(([said]) => said),
    (_command, index) => ({ now: NOW, actor: ACTOR, ...(told[index] && { rights: told[index][1] }) }),
  ),
);

const MOVES = ['none → draft', 'draft → filed', 'filed → ended'];

it('whatever a partner says and whatever the docket lets it say, what follows is storable, and never happens twice', () =>
  fc.assert(
    fc.property(story, (steps) => {
      expectSound(deal, steps);
      expect(MOVES).toEqual(expect.arrayContaining([...movesOf(steps)]));
    }),
  ));

it('once a deal is filed, only what the docket opens changes, and what was filed never does', () =>
  fc.assert(
    fc.property(story, (steps) => {
      for (const { before, after } of steps) {
        if (before.status !== 'filed' || !('stage' in after)) continue;
        const [said, says] = [lastOf(before.statements), lastOf(after.statements)];
        expect(after.statements[0]).toEqual(before.statements[0]);
        expect(says.content.site).toBe(said.content.site);
        expect(says.content.evidence).toEqual(expect.arrayContaining(said.content.evidence));
      }
    }),
  ));
