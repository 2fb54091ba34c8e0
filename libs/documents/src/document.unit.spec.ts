import { deriveId } from '@tempore/kernel';
import { ACTOR, fold, given } from '@tempore/testing';

import {
  document,
  type DocumentCommand,
  type DocumentEvent,
  downloadName,
  maySee,
  type Upload,
  type Viewer,
  visibleInCase,
} from '.';

const northwind = deriveId('partner', 'northwind');
const contoso = deriveId('partner', 'contoso');

const anUpload = (upload: Partial<Upload> = {}): Upload => ({
  sha256: 'a'.repeat(64),
  size: 1_024,
  mediaType: 'application/pdf',
  fileName: { ciphertext: 'c2VhbGVk', commitment: 'b'.repeat(64) },
  visibleTo: visibleInCase(northwind),
  ...upload,
});
const upload = (content?: Partial<Upload>): DocumentCommand => ({ type: 'UploadDocument', data: anUpload(content) });
const uploaded = (content?: Partial<Upload>): readonly DocumentEvent[] => [
  { type: 'document-uploaded', data: anUpload(content) },
];

describe('uploading', () => {
  it('given nothing, when a document is uploaded, then what the system found out about it is on record', () =>
    given(document).when(upload()).then(uploaded()));

  it('given a document, when the same is uploaded under its id again, then nothing happens', () =>
    given(document, uploaded()).when(upload()).thenNothing());

  it('given a document, when another is uploaded under its id, then it is refused', () =>
    given(document, uploaded())
      .when(upload({ sha256: 'c'.repeat(64) }))
      .thenRefused('DOCUMENT_EXISTS'));

  it.each(['text/html', 'application/x-msdownload', 'application/zip', 'toString'])(
    'given a content that is %s, then it is refused',
    (mediaType) => given(document).when(upload({ mediaType })).thenRefused('DOCUMENT_TYPE_REFUSED'),
  );
});

it.each([
  ['Offer.PDF', 'application/pdf', 'Offer.PDF'],
  ['offer.exe', 'application/pdf', 'offer.exe.pdf'],
  ['run.bat', 'text/plain', 'run.bat.txt'],
  ['offer.pdf.', 'application/x-msdownload', 'offer.pdf..bin'],
])('given "%s" that is %s, then it is handed out as "%s"', (fileName, mediaType, name) =>
  expect(downloadName(fileName, mediaType)).toBe(name),
);

describe('who sees a document', () => {
  const somebody = (viewer: Partial<Viewer>): Viewer => ({
    id: deriveId('actor', 'other'),
    roles: [],
    partnerId: null,
    ...viewer,
  });

  it.each([
    ['its uploader', somebody({ id: ACTOR, roles: ['partner-user'], partnerId: northwind })],
    ['the people of its partner', somebody({ roles: ['partner-user'], partnerId: northwind })],
    ['a channel manager', somebody({ roles: ['channel-manager'] })],
    ['an arbiter', somebody({ roles: ['direct-rep', 'arbiter'] })],
  ])('given a document of a partner’s case, then %s does', (_, viewer) =>
    expect(maySee(viewer, fold(document, uploaded()))).toBe(true),
  );

  it.each([
    ['its uploader, gone to another partner', somebody({ id: ACTOR, roles: ['partner-user'], partnerId: contoso })],
    ['its uploader, gone to the vendor', somebody({ id: ACTOR, roles: ['direct-rep'] })],
    ['another partner', somebody({ roles: ['partner-admin'], partnerId: contoso })],
    ['the direct team', somebody({ roles: ['direct-rep'] })],
    ['finance', somebody({ roles: ['finance'] })],
    ['a service', somebody({ roles: ['service'] })],
  ])('given a document of a partner’s case, then %s does not', (_, viewer) =>
    expect(maySee(viewer, fold(document, uploaded()))).toBe(false),
  );

  it('given a document of the vendor’s own, then no partner sees it', () =>
    expect(
      maySee(
        somebody({ roles: ['partner-user'], partnerId: northwind }),
        fold(document, uploaded({ visibleTo: visibleInCase(null) })),
      ),
    ).toBe(false));

  it('given a document of the vendor’s own, then its uploader sees it as long as they act for the vendor', () => {
    const own = fold(document, uploaded({ visibleTo: visibleInCase(null) }));
    expect(maySee(somebody({ id: ACTOR, roles: ['direct-rep'] }), own)).toBe(true);
    expect(maySee(somebody({ id: ACTOR, roles: ['partner-user'], partnerId: contoso }), own)).toBe(false);
  });

  it('given no document, then nobody sees it', () =>
    expect(maySee(somebody({ id: ACTOR, roles: ['admin'] }), fold(document, []))).toBe(false));
});
