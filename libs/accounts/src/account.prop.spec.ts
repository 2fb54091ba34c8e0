import { deriveId, parseInstant } from '@tempore/kernel';
import { anOpening, expectSound, fold, play } from '@tempore/testing';
import fc from 'fast-check';

import {
  account,
  type AccountCommand,
  accountKey,
  type AccountKeyCommand,
  type AccountKeyState,
  type AccountState,
  domainKey,
  inClaimOrder,
  isValidAt,
} from '.';

const instant = fc.integer({ min: 1, max: 6 }).map((month) => parseInstant(`2024-0${month}-01T00:00:00.000Z`));
const name = fc.constantFrom('Contoso', 'Contoso AG', ' Contoso', '');
const key = fc.constantFrom('contoso.com', 'contoso.ch', 'fabrikam.com').map(domainKey);
const opening = fc
  .record({ legalName: name, keys: fc.array(key, { maxLength: 3 }) }, { requiredKeys: [] })
  .map(anOpening);

const command: fc.Arbitrary<AccountCommand> = fc.oneof(
  opening.map((data) => ({ type: 'OpenAccount' as const, data })),
  fc
    .record({ name, validFrom: instant, validUntil: fc.option(instant) })
    .map((data) => ({ type: 'AddAccountAlias' as const, data })),
  fc.record({ name, validFrom: instant }).map((data) => ({ type: 'RenameAccount' as const, data })),
  key.map((added) => ({ type: 'AddAccountKey' as const, data: { key: added } })),
);

const expectOneNameAtAnyTime = (state: AccountState) => {
  if (state.status === 'none') return;
  const bounds = state.legalNames.flatMap(({ validFrom, validUntil }) => [validFrom, validUntil]);
  for (const at of bounds.filter((bound) => bound !== null))
    expect(state.legalNames.filter((period) => isValidAt(period, at))).toHaveLength(1);
};

it('whatever is commanded, an account has one legal name at any time and each key once', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const steps = play(account, commands);
      expectSound(account, steps);
      const state = steps.at(-1)?.after ?? fold(account, []);
      expectOneNameAtAnyTime(state);
      if (state.status === 'open') expect(inClaimOrder(state.keys)).toHaveLength(state.keys.length);
    }),
  );
});

const accountId = fc.constantFrom('contoso', 'fabrikam').map((id) => deriveId('account', id));
const keyCommand: fc.Arbitrary<AccountKeyCommand> = fc.oneof(
  fc
    .record({ key: fc.constant(domainKey('contoso.com')), accountId, opening: fc.option(opening) })
    .map((data) => ({ type: 'ClaimAccountKey' as const, data })),
  accountId.map((id) => ({
    type: 'ReleaseAccountKey' as const,
    data: { key: domainKey('contoso.com'), accountId: id },
  })),
);

const holderOf = (state: AccountKeyState) => (state.status === 'claimed' ? state.accountId : null);

it('whatever is commanded, a key goes to another account only after the first one released it', () => {
  fc.assert(
    fc.property(fc.array(keyCommand, { maxLength: 30 }), (commands) => {
      const steps = play(accountKey, commands);
      for (const {
        before,
        after,
        command: { type, data },
      } of steps) {
        if (holderOf(before) === holderOf(after)) continue;
        if (type === 'ClaimAccountKey') expect([holderOf(before), holderOf(after)]).toEqual([null, data.accountId]);
        else expect([holderOf(before), holderOf(after)]).toEqual([data.accountId, null]);
      }
      expectSound(accountKey, steps);
    }),
  );
});
