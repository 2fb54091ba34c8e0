import { breakAndCheck } from './break';

describe('the product under load', () => {
  it('given every process of it is killed in turn and at every named point, when all has come to rest, then nothing is lost, doubled or half-done', async () => {
    const { kills, points, counts, violations } = await breakAndCheck({
      seed: 1,
      ms: 0,
      clients: 3,
      say: () => undefined,
    });

    expect(violations).toEqual([]);
    expect(Object.values(kills)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(points.map(({ hits }) => hits)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(counts.acknowledged).toBeGreaterThan(0);
    expect(counts.filings).toBeGreaterThan(0);
    expect(counts.lines).toBeGreaterThan(0);
  });
});
