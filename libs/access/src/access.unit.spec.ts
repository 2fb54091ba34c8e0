import { given } from '@tempore/testing';

import { access, type AccessEvent } from '.';

const read: readonly AccessEvent[] = [{ type: 'data-read', data: { of: 'document-content' } }];

it('given a document was read before, when it is read, then that is on record once more', () =>
  given(access, read)
    .when({ type: 'RecordReading', data: { of: 'document-content' } })
    .then(read));
