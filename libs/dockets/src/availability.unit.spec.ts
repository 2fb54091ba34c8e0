import { deriveId } from '@tempore/kernel';
import { given } from '@tempore/testing';

import { availabilityCheck, type AvailabilityEvent, type RecordAvailabilityCheck } from '.';

const data: AvailabilityEvent['data'] = {
  partnerId: deriveId('partner', 'northwind'),
  customerKeys: ['0'.repeat(64)],
  productLine: 'Gateway',
  site: null,
  availability: 'taken',
};
const check: RecordAvailabilityCheck = { type: 'RecordAvailabilityCheck', data };
const checked: AvailabilityEvent = { type: 'availability-checked', data };

it('given nothing, when a check was answered, then that is kept', () =>
  given(availabilityCheck).when(check).then([checked]));

it('given a check, when it is answered again, then the first answer stands', () =>
  given(availabilityCheck, [checked])
    .when({ ...check, data: { ...data, availability: 'free' } })
    .thenNothing());
