import { sameName } from './names';

it.each([
  'gateway pro',
  'GATEWAY PRO',
  ' Gateway  Pro ',
  'Gateway\u00a0Pro',
  'Gate\u200bway Pro',
  'Ｇａｔｅｗａｙ Pro',
])('given %j, then it is Gateway Pro in another spelling', (spelling) =>
  expect(sameName('Gateway Pro', spelling)).toBe(true),
);

it.each(['GatewayPro', 'Gateway-Pro', 'Gateway Pro 2', 'Gateway Prö'])('given %j, then it is another name', (other) =>
  expect(sameName('Gateway Pro', other)).toBe(false),
);
