import { domainKey } from '@tempore/accounts';
import { deriveId } from '@tempore/kernel';
import { anOpening } from '@tempore/testing';

import { type Named, nextStep } from '..';

const keys = ['contoso.ch', 'contoso.com', 'contoso.de'].map(domainKey);
const opening = anOpening({ keys });
const us = { accountId: deriveId('account', 'us'), opening };
const ours: Named = { ...us, isOpen: false };
const pending = (name: string): Named => ({ accountId: deriveId('account', name), isOpen: false, opening });
const open = (name: string): Named => ({ accountId: deriveId('account', name), isOpen: true });

const next = (names: readonly [Named | null, Named | null, Named | null], isOpen = false) =>
  nextStep(us, { isOpen, keys: keys.map((key, index) => ({ key, names: names[index] ?? null })) });

it.each([
  ['given free keys, the first is claimed', next([null, null, null]), { do: 'claim', key: keys[0] }],
  ['given the first key, the second is claimed', next([ours, null, null]), { do: 'claim', key: keys[1] }],
  ['given all keys, the account opens', next([ours, ours, ours]), { do: 'open' }],
  ['given no keys at all, the account opens', nextStep(us, { isOpen: false, keys: [] }), { do: 'open' }],
  [
    'given the account is open, it is the answer',
    next([ours, ours, ours], true),
    { do: 'answer', accountId: us.accountId },
  ],
  [
    'given a key of an opening on its way, that one is settled first',
    next([ours, pending('them'), null]),
    { do: 'settle', other: { accountId: deriveId('account', 'them'), isOpen: false, opening } },
  ],
  [
    'given a key of an open account, what was claimed is given back',
    next([ours, open('them'), null]),
    { do: 'release', key: keys[0] },
  ],
  [
    'given a key of an open account and nothing to give back, that account is the answer',
    next([null, open('them'), null]),
    { do: 'answer', accountId: deriveId('account', 'them') },
  ],
  [
    'given keys of two open accounts, a person has to look',
    next([open('them'), null, open('others')]),
    { do: 'refer', accountIds: [deriveId('account', 'them'), deriveId('account', 'others')] },
  ],
  [
    'given keys of an open account and of an opening on its way, the answer waits for the opening',
    next([open('them'), null, pending('others')]),
    { do: 'settle', other: { accountId: deriveId('account', 'others'), isOpen: false, opening } },
  ],
])('%s', (_title, step, expected) => {
  expect(step).toEqual(expected);
});
