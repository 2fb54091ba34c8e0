import type { Command } from '@tempore/kernel';

import type { Upload } from './document.events';

/** The bytes are in the store of documents before this is commanded. */
export type UploadDocument = Command<'UploadDocument', Upload>;

export type DocumentCommand = UploadDocument;
