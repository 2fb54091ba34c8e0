import { addBusinessDays, policyVersion1 } from '@messages/programme';
import { addDays, type Instant } from '@tempore/kernel';
import fc from 'fast-check';

import { endOf, eventsOf, story } from '../test/stories';
import { docket, type DocketEvent, type DocketState, dueAt, settledAt } from '.';

const inBusinessDays = (now: Instant, days: number): Instant => addBusinessDays(policyVersion1.calendar, now, days);

/** The end that an event sets of a window, or of a clock of the vendor's, beside what it has to be for one written now. */
const endOfWindow = ({ type, data }: DocketEvent, now: Instant): readonly (Instant | null)[] => {
  if (type === 'win-claimed') return [data.answerBy, inBusinessDays(now, 5)];
  if (type === 'claim-approved') return [data.windowEnds, addDays(now, 90)];
  if (type === 'claim-filed' && data.place === 'queued') return [data.lapsesAt, addDays(now, 90)];
  if (type === 'interest-confirmed') return [data.lapsesAt, addDays(now, 90)];
  return [];
};

it('every window runs in full from when it was written, however late what started it was noticed', () =>
  fc.assert(
    fc.property(story, (steps) => {
      for (const { due, events, context } of steps)
        for (const event of [...due, ...events]) {
          const [deadline, expected] = endOfWindow(event, context.now);
          expect(deadline).toBe(expected);
          if (deadline) expect(deadline > context.now).toBe(true);
        }
    }),
  ));

/** In business days, by policy 1. */
const CLOCKS = { answer: 5, reconfirmation: 5, contest: 2, document: 10, interest: 5 };

it('every clock against a partner runs in full from when its notice stands', () =>
  fc.assert(
    fc.property(story, (steps) => {
      for (const { events } of steps)
        for (const { type, data, occurredAt: noticeStoodAt } of events) {
          if (type !== 'clock-started' || !noticeStoodAt) continue;
          const inFull = inBusinessDays(noticeStoodAt, CLOCKS[data.clock]);
          expect(data.clock === 'interest' ? data.endsAt >= inFull : data.endsAt === inFull).toBe(true);
        }
    }),
  ));

/** What each deadline that may pass was for. */
const CLOCK_OF = {
  'no-answer': 'answer',
  'no-reconfirmation': 'reconfirmation',
  'no-document': 'document',
  'no-progress': 'interest',
} as const;

it('no deadline passes of which no notice stood', () =>
  fc.assert(
    fc.property(story, (steps) => {
      const told = new Set<string>();
      for (const { type, data } of eventsOf(steps)) {
        if (type === 'clock-started') told.add(`${data.dealId} ${data.clock}`);
        if (type === 'claim-lapsed') expect(told).toContain(`${data.dealId} ${CLOCK_OF[data.because]}`);
        if (type === 'contest-period-ended') expect(told).toContain(`${data.dealId} contest`);
      }
    }),
  ));

it('what shows a first touch comes in time or its claim lapses, and a win alone holds that up', () =>
  fc.assert(
    fc.property(story, (steps) => {
      for (const { after, context } of steps)
        for (const { state, documentDueAt, win, endedAt } of after.claims) {
          const isDecided = state.status === 'rejected' || state.status === 'lapsed' || endedAt !== null;
          if (documentDueAt !== null && documentDueAt <= context.now && !win) expect(isDecided).toBe(true);
        }
    }),
  ));

it('no claim lapses in line before an asking has stood for five business days since its filing, last answer or progress', () =>
  fc.assert(
    fc.property(story, (steps) => {
      const stoodAt = new Map<string, Instant>();
      for (const { due, events, context } of steps)
        for (const { type, data, occurredAt } of [...due, ...events]) {
          if (type === 'clock-started' && data.clock === 'interest' && occurredAt) stoodAt.set(data.dealId, occurredAt);
          if (type === 'interest-confirmed' || (type === 'touch-recorded' && data.lapsesAt))
            stoodAt.delete(data.dealId);
          if (type === 'question-answered' && data.place === 'queued') stoodAt.delete(data.dealId);
          if (type === 'claim-lapsed' && data.because === 'no-progress')
            expect(inBusinessDays(stoodAt.get(data.dealId) ?? context.now, 5) <= context.now).toBe(true);
        }
    }),
  ));

it('what falls due stands in the order of its instants, none of them to come, each under a cause of its own', () =>
  fc.assert(
    fc.property(story, (steps) => {
      const causes = steps.flatMap(({ due }) => due.map(({ cause }) => cause));
      expect(new Set(causes).size).toBe(causes.length);
      for (const { due, context } of steps) {
        const instants = due.map(({ occurredAt }) => occurredAt ?? '');
        expect(instants).toEqual(instants.toSorted());
        expect(instants.every((at) => at <= context.now)).toBe(true);
      }
    }),
  ));

/** How a story ends, and two instants after that. */
const later = fc.tuple(story, fc.nat(200), fc.nat(200)).map(([steps, one, other]) => {
  const { state, now } = endOf(steps);
  return {
    state,
    first: addDays(now, Math.min(one, other)),
    second: addDays(now, Math.max(one, other)),
  };
});

/** A docket whose timers fire the moment they are due. */
const onTime = (state: DocketState, until: Instant): DocketState => {
  const due = dueAt(state);
  return due === null || due > until ? state : onTime(settledAt(state, due), until);
};

it('given timers that fire on time, it makes no difference how often the docket is settled in between', () =>
  fc.assert(
    fc.property(later, ({ state, first, second }) => {
      expect(onTime(onTime(state, first), second)).toEqual(onTime(state, second));
      expect(settledAt(onTime(state, second), second)).toEqual(onTime(state, second));
    }),
  ));

it('given timers that come late, settling twice is settling once, but for the next asking, which counts from the first', () =>
  fc.assert(
    fc.property(later, ({ state, first, second }) => {
      const early = docket.settle?.(state, first) ?? [];
      const once = docket.settle?.(state, second) ?? [];
      const asking = early.findIndex(({ type }) => type === 'interest-asked');
      if (asking === -1) expect([...early, ...(docket.settle?.(settledAt(state, first), second) ?? [])]).toEqual(once);
      else expect(once.slice(0, asking)).toEqual(early.slice(0, asking));
    }),
  ));
