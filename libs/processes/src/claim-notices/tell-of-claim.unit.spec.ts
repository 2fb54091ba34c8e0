import { docket, docketClocks, type DocketEvent, type DocketState, dueAt } from '@tempore/dockets';
import { type Instant, parseInstant } from '@tempore/kernel';
import { ACTOR, dealOf, filing, fold, type Happened, historyOf, logged, NOW, recordedAt, told } from '@tempore/testing';

import { type ClaimNoticesLog, tellOfClaim } from '..';

const dealId = dealOf('northwind');
const at = (text: string): Instant => parseInstant(`2026-${text}:00.000Z`);

const asked = historyOf(docket, [
  told(NOW, 'northwind', filing('northwind')),
  told(NOW, 'northwind', { type: 'PickUpReview', data: { dealId } }),
  told(NOW, 'northwind', {
    type: 'AskQuestion',
    data: { dealId, code: 'OTHER', fields: [], text: 'Why?', businessDays: null },
  }),
]);
const [waiting] = fold(docket, asked).claims.flatMap((claim) => claim.waiting);
const question = { ...logged(asked.at(-1) as DocketEvent, 'docket-1'), id: waiting?.eventId ?? '' };

class Crash extends Error {}

/** What stands in the log and the inboxes, as a process reaches it that dies after so many accesses. */
class Log {
  docket: readonly Happened<DocketEvent>[] = asked;
  readonly inbox = new Map<string, { readonly by: string | undefined; readonly since: Instant }>();

  reachedAt(now: Instant, accesses = Infinity): ClaimNoticesLog {
    let left = accesses;
    const access = <T>(act: () => T): Promise<T> => (left-- > 0 ? Promise.resolve(act()) : Promise.reject(new Crash()));
    return {
      readDocket: () => access(() => this.state),
      namesOf: () => access(() => ({ line: 'Gateway', partner: 'Northwind Systems', customer: 'Contoso AG' })),
      giveNotice: (noticeId, { parameters }) =>
        access(() => {
          const given = this.inbox.get(noticeId) ?? { by: parameters['answerBy'], since: now };
          this.inbox.set(noticeId, given);
          return given.since;
        }),
      startClock: (_docketId, command) =>
        access(() => {
          const events = docketClocks.decide(command, this.state, { now, actor: ACTOR });
          this.docket = [...this.docket, ...events.map(recordedAt(now))];
        }),
    };
  }

  get state(): DocketState {
    return fold(docket, this.docket);
  }
}

it('given a question, when its partner is told, then the notice and the docket say the same deadline, counted from the notice', async () => {
  const log = new Log();
  expect(dueAt(log.state)).toBeNull();
  await tellOfClaim(log.reachedAt(at('03-04T10:00')), question, at('03-04T10:00'));
  expect([...log.inbox.values()]).toEqual([{ by: at('03-11T10:00'), since: at('03-04T10:00') }]);
  expect(dueAt(log.state)).toBe(at('03-11T10:00'));
});

it.each([0, 1, 2, 3, 4])(
  'given a crash after %i accesses, when it is told again days later, then it is told once, and the clock counts from then',
  async (accesses) => {
    const log = new Log();
    await tellOfClaim(log.reachedAt(NOW, accesses), question, NOW).catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
    });
    await tellOfClaim(log.reachedAt(at('03-05T09:00')), question, at('03-05T09:00'));
    const [[, notice] = []] = log.inbox;
    expect(log.inbox.size).toBe(1);
    expect(dueAt(log.state)).toBe(notice?.by);
    expect(log.docket.filter(({ type }) => type === 'clock-started')).toHaveLength(1);
  },
);
