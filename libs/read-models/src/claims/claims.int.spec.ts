import { docket, docketId } from '@tempore/dockets';
import { addDays, deriveId } from '@tempore/kernel';
import { aStanding, dealOf, filing, fold, historyOf, NOW, told } from '@tempore/testing';

import { MemoryLog } from '../../../projections/test/memory-log';
import { freshReadSide, type ReadSide } from '../../test/projected';
import { sequenceView } from '../sequence/sequence.view';
import { dueTimers, findClaim, listClaims, listTimers } from './claims.query';
import { claimsView } from './claims.view';

let readSide: ReadSide;
beforeAll(async () => {
  readSide = await freshReadSide();
});
afterAll(() => readSide.drop());

const accountOf = (name: string) => deriveId('account', name);

/** A docket of a customer of its own, on which a partner files at an instant. */
const filed = (partner: string, now = NOW, named: 'aligned' | 'not-aligned' = 'not-aligned') => {
  const accountId = accountOf(partner);
  const file = filing(partner, { accountId });
  const history = historyOf(docket, [told(now, partner, file, { partner: aStanding(partner, { named }) })]);
  return { stream: `docket-${docketId(accountId, 'Gateway')}`, history };
};

const append = (log: MemoryLog, { stream, history }: ReturnType<typeof filed>): void => {
  for (const { type, data, recorded } of history) log.append(stream, type, data, recorded?.recordedAt);
};

it('given claims that wait for the vendor, then aligned partners come first, then the nearest deadline, then the earliest filing, page by page', async () => {
  const log = new MemoryLog();
  const partners = ['fabrikam', 'northwind', 'tailspin', 'wingtip', 'contoso'];
  append(log, filed('late', addDays(NOW, 3)));
  for (const partner of partners) append(log, filed(partner));
  append(log, filed('named', addDays(NOW, 5), 'aligned'));
  await readSide.projected([claimsView, sequenceView], log, 'rm', async () => {
    const listed: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listClaims(readSide, { turn: 'vendor' }, { limit: 2, cursor });
      listed.push(...page.items.map(({ dealId }) => dealId));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(listed).toEqual(['named', ...partners, 'late'].map((partner) => dealOf(partner)));
  });
});

it('given a docket, then its timer and its claim say what the domain says of it', async () => {
  const own = await freshReadSide();
  const log = new MemoryLog();
  const { stream, history } = filed('northwind');
  append(log, { stream, history });
  const state = fold(docket, history);
  const [claim] = state.claims;
  const escalatesAt = claim?.state.status === 'submitted' ? claim.state.review.escalatesAt : '';
  await own.projected(claimsView, log, 'rm', async () => {
    const id = stream.slice('docket-'.length);
    const timer = { docketId: id, dueAt: new Date(escalatesAt) };
    expect((await listTimers(own, { limit: 10 })).items).toEqual([timer]);
    expect(await dueTimers(own, escalatesAt, 10)).toEqual([timer]);
    expect(await dueTimers(own, NOW, 10)).toEqual([]);
    expect(await findClaim(own, dealOf('northwind'))).toMatchObject({
      status: 'submitted',
      turn: 'vendor',
      docketId: id,
    });
  });
  await own.drop();
});
