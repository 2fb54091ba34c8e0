import { Refusal } from '@tempore/kernel';
import { DatabaseError } from 'pg';

import { asUnavailable, erased, keyMissing, masterUnknown, shareMissing } from './failures';

const database = (code: string) => Object.assign(new DatabaseError('No', 2, 'error'), { code });

it.each([
  ['a connection that broke', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })],
  ['a database that is going down', database('57P01')],
  ['a database without room', database('53100')],
])('given %s, then it may be tried again under the same key', (_what, error) =>
  expect(asUnavailable(error)).toMatchObject({ code: 'VAULT_UNAVAILABLE', kind: 'unavailable', cause: error }),
);

it.each([
  ['a refusal', erased()],
  ['a fault of ours in a statement', database('42703')],
])('given %s, then it stays what it is', (_what, error) => expect(asUnavailable(error)).toBe(error));

it.each([
  [erased(), 'PERSONAL_DATA_ERASED', 'conflict'],
  [keyMissing('person/ada'), 'KEY_MISSING', 'unavailable'],
  [shareMissing('person/ada'), 'KEY_SHARE_MISSING', 'unavailable'],
  [masterUnknown('2026'), 'MASTER_KEY_UNKNOWN', 'unavailable'],
])('given %s, then it is %s, and says what would help', (refusal, code, kind) => {
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ code, kind, details: { remedy: expect.stringMatching(/\.$/) as string } });
});
