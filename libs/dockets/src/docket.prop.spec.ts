import { expectSound } from '@tempore/testing';
import fc from 'fast-check';

import { eventsOf, story } from '../test/stories';
import { type Claim, docket, type DocketEvent } from '.';
import { collides, holdsPlace, isLive } from './claim';

const inTheWay = (claim: Claim, claims: readonly Claim[]) =>
  claims.slice(0, claims.indexOf(claim)).filter((other) => isLive(other) && collides(other, claim));

/**
 * What is asked for again and not quiet: a filing's content under a new key points to the first one, a stake bars again
 * (rulebook 3), and an answer to a win or an amendment names none, so that a second one would be to the next.
 */
const REFUSED_AGAIN: Partial<Record<DocketEvent['type'], string>> = {
  'claim-filed': 'FILING_NOT_VALID',
  'decision-refused': 'DECIDER_HAS_STAKE',
  'win-refused': 'NO_WIN_PENDING',
  'amendment-approved': 'NO_AMENDMENT_PENDING',
  'amendment-rejected': 'NO_AMENDMENT_PENDING',
};
const refusedAgain = ([first]: readonly DocketEvent[]): string | null => (first && REFUSED_AGAIN[first.type]) ?? null;

it('whatever is commanded and however time passes, what follows is storable, and nothing happens twice', () =>
  fc.assert(fc.property(story, (steps) => expectSound(docket, steps, refusedAgain))));

it('at every moment each round has one holder for a site, it is the first in line, and no place stands idle', () =>
  fc.assert(
    fc.property(story, (steps) => {
      for (const { claims } of steps.flatMap(({ before, after }) => [before, after]))
        for (const claim of claims.filter(isLive))
          expect({ claim, holds: holdsPlace(claim) }).toEqual({
            claim,
            // Who lapsed in line blocks whoever stands behind it while it may contest that, and has no place.
            holds: inTheWay(claim, claims).length === 0 && !(claim.state.status === 'lapsed' && claim.state.inLine),
          });
    }),
  ));

it('rank is the order of filing, but for who had to bring new evidence for its first touch', () =>
  fc.assert(
    fc.property(story, (steps) => {
      const rank: string[] = [];
      for (const { type, data } of eventsOf(steps)) {
        if (type === 'claim-filed') rank.push(data.dealId);
        if (type === 'question-answered' && data.priority === 'moved')
          rank.push(...rank.splice(rank.indexOf(data.dealId), 1));
      }
      expect(steps.at(-1)?.after.claims.map(({ dealId }) => dealId) ?? []).toEqual(rank);
    }),
  ));

it('a round closes when no claim of it lives and an outcome was reached, and the next filing opens the next', () =>
  fc.assert(
    fc.property(story, (steps) => {
      for (const { events, after } of steps) {
        const ofRound = after.claims.filter(({ round }) => round === after.round);
        const isDecided = ofRound.some(({ state: { status } }) => status === 'won' || status === 'lost');
        expect(after.roundOpen).toBe(ofRound.some(isLive) || (ofRound.length > 0 && !isDecided));
        expect(after.claims.filter(({ round }) => round !== after.round).some(isLive)).toBe(false);
        for (const event of events) if (event.type === 'claim-filed') expect(event.data.round).toBe(after.round);
      }
    }),
  ));

it('the stories on which all this is tried let everything happen that can', () => {
  const stories = fc.sample(story, { numRuns: 500, seed: 1 });
  const happened = new Set(stories.flatMap((steps) => eventsOf(steps).map(({ type }) => type)));
  expect(docket.events.map(({ type }) => type).filter((type) => !happened.has(type))).toEqual([]);
});
