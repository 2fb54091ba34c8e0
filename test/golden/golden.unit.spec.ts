/**
 * One stored event of each type and version, as it stands in logs out there. Files are only ever added: who changes an
 * event raises its version, adds an upcaster and a new file, and leaves the old one as proof that it is still read.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { catalogue } from '@tempore/catalogue';
import { installationFounded } from '@tempore/event-store';
import { catalogueOf, decode, type EventMetadata } from '@tempore/kernel';

interface Golden {
  readonly type: string;
  readonly data: unknown;
  readonly metadata: EventMetadata;
}

const known = catalogueOf(...catalogue.values(), installationFounded);

const files = readdirSync(__dirname).filter((file) => file.endsWith('.json'));

const read = (file: string): Golden => JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as Golden;

const replay = ({ type, data, metadata }: Golden) =>
  decode(known, {
    stream: 'golden-1',
    revision: 0n,
    id: metadata.commandId,
    type,
    data,
    metadata,
    position: { commit: 0n, prepare: 0n },
  });

it('given the events defined today, each version of each has a file, and each file a definition', () => {
  const versions = [...known.values()].flatMap(({ type, schemaVersion }) =>
    Array.from({ length: schemaVersion }, (_, index) => `${type}.v${index + 1}.json`),
  );
  expect(files.toSorted()).toEqual(versions.toSorted());
});

it.each(files)('given %s as it was stored, when it is read today, then nothing of it is lost', (file) => {
  const golden = read(file);
  const { type, data, metadata } = replay(golden);
  expect(`${golden.type}.v${golden.metadata.schemaVersion}.json`).toBe(file);
  expect({ type, metadata }).toEqual({ type: golden.type, metadata: golden.metadata });
  if (golden.metadata.schemaVersion === known.get(type)?.schemaVersion) expect(data).toEqual(golden.data);
});
