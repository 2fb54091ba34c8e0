import { docketId } from '@messages/dockets';
import { deriveId } from '@tempore/kernel';
import { accountId, filedClaim, logged, NOW } from '@tempore/testing';

import { type LineNamer, lineMentionsOf } from './line-mentions';

const id = deriveId('test', '1');
const reason = 'As agreed';
const territories = [
  { country: 'CH', productLine: 'Gateway' },
  { country: 'DE', productLine: null },
];
const change = { of: 'territories', territories } as const;
const mentioned = (event: LineNamer, stream = 'partner-1') => lineMentionsOf(logged(event, stream));

describe('what opens a docket', () => {
  const events: LineNamer[] = [
    filedClaim('northwind', NOW, { productLine: 'GateWay ' }),
    { type: 'direct-opportunity-opened', data: { accountId, productLine: 'GateWay ', opportunityId: id, reason } },
    {
      type: 'tender-published',
      data: { accountId, productLine: 'GateWay ', reference: 'T-1', publishedAt: NOW, reason },
    },
  ];

  it.each(events)('given $type, then it names the line as it was spelled, and the key of its docket', (event) =>
    expect(mentioned(event, `docket-${docketId(accountId, 'gateway')}`)).toEqual([
      { spelling: 'GateWay ', docket: { accountId, key: 'gateway' } },
    ]),
  );

  it('given a docket of the oldest logs, then its key is the spelling itself', () =>
    expect(mentioned(filedClaim('northwind', NOW), `docket-${docketId(accountId, 'Gateway')}`)).toEqual([
      { spelling: 'Gateway', docket: { accountId, key: 'Gateway' } },
    ]));

  it('given a docket of another id, then it has no key', () =>
    expect(mentioned(filedClaim('northwind', NOW), `docket-${id}`)).toEqual([{ spelling: 'Gateway', docket: null }]));
});

it.each<[LineNamer, string[]]>([
  [
    {
      type: 'partner-lines-agreed',
      data: { lines: [{ productLine: 'Gateway', minimumTier: 'silver', certifiedPeople: 1 }], reason },
    },
    ['Gateway'],
  ],
  [{ type: 'partner-lines-agreed', data: { lines: null, reason } }, []],
  [{ type: 'partner-change-proposed', data: { proposalId: id, change, reason } }, ['Gateway']],
  [{ type: 'partner-change-adopted', data: { proposalId: id, change, reason, proposedBy: id } }, ['Gateway']],
  [
    {
      type: 'certificate-recorded',
      data: { certificateId: id, personId: id, productLine: 'Sensor', validFrom: NOW, validUntil: NOW },
    },
    ['Sensor'],
  ],
  [
    {
      type: 'account-customer-recorded',
      data: { termId: id, productLine: 'Edge', from: NOW, until: null, partnerOfRecord: null, reason },
    },
    ['Edge'],
  ],
  [
    {
      type: 'account-letter-verified',
      data: { letterId: id, productLine: 'Edge', partner: id, documentId: null, reason },
    },
    ['Edge'],
  ],
  [{ type: 'account-parent-unlinked', data: { reason } }, []],
])('given $type, then it names the lines that stand in it', (event, spellings) =>
  expect(mentioned(event)).toEqual(spellings.map((spelling) => ({ spelling, docket: null }))),
);
