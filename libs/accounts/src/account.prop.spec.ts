import { deriveId, parseInstant } from '@tempore/kernel';
import { anOpening, expectSound, fold, NOW, play } from '@tempore/testing';
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

const ids = (kind: string) => fc.constantFrom('1', '2').map((id) => deriveId(kind, id));
const reason = fc.constantFrom('Agreed with sales', 'In error');
const productLine = fc.constantFrom('Gateway', 'Analytics');
const change = fc.oneof(
  fc.record({ of: fc.constant('house'), house: fc.boolean() }),
  fc.record({ of: fc.constant('territory'), country: fc.constantFrom('DE', 'at', 'XX', null) }),
);
const fact: fc.Arbitrary<AccountCommand> = fc.oneof(
  fc
    .record({ proposalId: ids('proposal'), change, reason })
    .map((data) => ({ type: 'ProposeAccountChange' as const, data })),
  ids('proposal').map((proposalId) => ({ type: 'AdoptAccountChange' as const, data: { proposalId } })),
  fc.record({ proposalId: ids('proposal'), reason }).map((data) => ({ type: 'WithdrawAccountChange' as const, data })),
  fc
    .record({
      termId: ids('term'),
      productLine,
      from: instant,
      until: fc.option(instant),
      partnerOfRecord: fc.option(ids('partner')),
      reason,
    })
    .map((data) => ({ type: 'RecordCustomer' as const, data })),
  fc.record({ termId: ids('term'), reason }).map((data) => ({ type: 'WithdrawCustomer' as const, data })),
  fc
    .record({
      letterId: ids('letter'),
      productLine,
      partner: ids('partner'),
      documentId: fc.constant(null),
      reason,
    })
    .map((data) => ({ type: 'VerifyLetter' as const, data })),
  fc.record({ letterId: ids('letter'), reason }).map((data) => ({ type: 'WithdrawLetter' as const, data })),
  fc
    .record({
      accountId: ids('account'),
      parentId: ids('account'),
      ancestors: fc.array(ids('account'), { maxLength: 2 }),
      reason,
    })
    .map((data) => ({ type: 'LinkParent' as const, data })),
  reason.map((why) => ({ type: 'UnlinkParent' as const, data: { reason: why } })),
);

it('whoever states whatever of a customer, what follows is storable, never takes effect twice, and house and territory are agreed by two', () => {
  const act = fc.record({
    command: fact,
    actor: fc.constantFrom('anna', 'ben').map((who) => deriveId('actor', who)),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const steps = play(
        account,
        [{ type: 'OpenAccount', data: anOpening() }, ...acts.map((one) => one.command)],
        (_, index) => ({ now: NOW, actor: acts[index - 1]?.actor ?? deriveId('actor', 'anna') }),
      );
      expectSound(account, steps);
      const proposers = new Map<string, string>();
      for (const { events, context } of steps)
        for (const event of events) {
          if (event.type === 'account-change-proposed') proposers.set(event.data.proposalId, context.actor);
          if (event.type !== 'account-change-adopted') continue;
          expect(event.data.proposedBy).toBe(proposers.get(event.data.proposalId));
          expect(event.data.proposedBy).not.toBe(context.actor);
        }
    }),
  );
});

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
