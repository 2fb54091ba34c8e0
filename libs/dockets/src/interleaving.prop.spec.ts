import { deriveId } from '@tempore/kernel';
import { aDocketContext, aStanding, filing, play } from '@tempore/testing';
import fc from 'fast-check';

import { docket, type DocketCommand, type PartnerStanding } from '.';
import { holdsPlace, isLive } from './claim';

interface Deed {
  readonly partner: PartnerStanding;
  readonly command: DocketCommand;
}

/** What a partner files, and what becomes of it. None of it ends a claim but a loss, which any claim can take. */
const party = fc.record({
  site: fc.constantFrom(null, 'Bern', 'Basel'),
  deeds: fc.subarray(['PickUpReview', 'ApproveClaim', 'ReconfirmClaim', 'ReportLoss'] as const),
});

const deedsOf = ({ site, deeds }: typeof party extends fc.Arbitrary<infer P> ? P : never, index: number): Deed[] => {
  const partner = aStanding(`partner-${index}`);
  const dealId = deriveId('deal', index.toString());
  return [
    { partner, command: filing('', { dealId, site }) },
    ...deeds.map((type): Deed => {
      if (type !== 'ReportLoss') return { partner, command: { type, data: { dealId } } };
      const loss = { dealId, statementId: deriveId('loss', dealId), reason: 'Bought elsewhere' };
      return { partner, command: { type, data: loss } };
    }),
  ];
};

/** Merges what the parties do, by choices: each party's own order stays, and so does the order of the filings. */
const interleaved = (parties: readonly (readonly Deed[])[], choices: readonly number[]): readonly Deed[] => {
  const left = parties.map((deeds) => [...deeds]);
  return parties.flat().map((_, turn) => {
    const begun = left.filter((deeds, index) => deeds.length > 0 && deeds.length < (parties[index]?.length ?? 0));
    const next = left.find((deeds, index) => deeds.length === parties[index]?.length);
    const open = next ? [...begun, next] : begun;
    const deed = open[(choices[turn] ?? 0) % open.length]?.shift();
    if (!deed) throw new Error('There are as many turns as deeds');
    return deed;
  });
};

const placesAfter = (deeds: readonly Deed[]) =>
  play(
    docket,
    deeds.map(({ command }) => command),
    (_command, index) => aDocketContext({ partner: deeds[index]?.partner ?? null }),
  )
    .at(-1)
    ?.after.claims.map((claim) => ({ dealId: claim.dealId, lives: isLive(claim), holds: holdsPlace(claim) }));

it('given the order of filings, whatever else is done in between and in any order, the same claims have the places', () =>
  fc.assert(
    fc.property(
      fc.array(party, { minLength: 2, maxLength: 5 }),
      fc.infiniteStream(fc.nat(4)).map((stream) => [...stream.take(25)]),
      (drawn, choices) => {
        const parties = drawn.map(deedsOf);
        expect(placesAfter(interleaved(parties, choices))).toEqual(placesAfter(parties.flat()));
      },
    ),
    { numRuns: 300 },
  ));
