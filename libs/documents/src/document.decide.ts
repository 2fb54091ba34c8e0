import { isDeepStrictEqual } from 'node:util';

import { Refusal } from '@tempore/kernel';

import type { DocumentCommand } from './document.commands';
import type { DocumentEvent } from './document.events';
import type { DocumentState } from './document.state';
import { MEDIA_TYPES } from './media-types';

/** The media type, if a content of it may be uploaded; undefined stands for one that nobody knows. Throws a `Refusal`. */
export const uploadable = (mediaType: string | undefined): string => {
  if (mediaType !== undefined && Object.hasOwn(MEDIA_TYPES, mediaType)) return mediaType;
  const found = mediaType === undefined ? 'of no known kind' : mediaType;
  throw new Refusal('DOCUMENT_TYPE_REFUSED', 'invalid', `file is ${found}, by its bytes.`, {
    remedy: `Upload one of: ${Object.values(MEDIA_TYPES).join(', ')}. What is in another format can be printed to PDF.`,
    facts: { mediaType: mediaType ?? null },
  });
};

export const decide = ({ data }: DocumentCommand, state: DocumentState): readonly DocumentEvent[] => {
  if (state.status === 'uploaded' && isDeepStrictEqual(state.upload, data)) return [];
  if (state.status === 'uploaded')
    throw new Refusal('DOCUMENT_EXISTS', 'conflict', 'This document was uploaded before, with another content.', {
      remedy: 'Upload it under an id of its own.',
    });
  return [{ type: 'document-uploaded', data: { ...data, mediaType: uploadable(data.mediaType) } }];
};
