import { isReadSideAway } from './outage';

const failed = (code: string) => Object.assign(new Error('failed'), { code });

it.each([
  ['whose database is away', '57P01', true],
  ['that no projector has made yet', '42P01', true],
  ['of an earlier release, without a column of today', '42703', true],
  ['that is asked a question with a fault in it', '42601', false],
])('given a view %s, then so it is known whether it can be asked at all', (_case, code, isAway) =>
  expect(isReadSideAway(failed(code))).toBe(isAway),
);
