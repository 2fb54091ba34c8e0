/**
 * One stored event of each type and version, as it stands in logs out there. Files are only ever added: who changes an
 * event raises its version, adds an upcaster and a new file, and leaves the old one as proof that it is still read.
 */
import { catalogue } from '@tempore/catalogue';
import { installationFounded } from '@tempore/event-store';
import { catalogueOf, decode } from '@tempore/kernel';

import { type Golden, goldenFiles, readGolden } from './golden';

const known = catalogueOf(...catalogue.values(), installationFounded);

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
  expect(goldenFiles.toSorted()).toEqual(versions.toSorted());
});

it.each(goldenFiles)('given %s as it was stored, when it is read today, then nothing of it is lost', (file) => {
  const golden = readGolden(file);
  const { type, data, metadata } = replay(golden);
  expect(`${golden.type}.v${golden.metadata.schemaVersion}.json`).toBe(file);
  expect({ type, metadata }).toEqual({ type: golden.type, metadata: golden.metadata });
  if (golden.metadata.schemaVersion === known.get(type)?.schemaVersion) expect(data).toEqual(golden.data);
});
