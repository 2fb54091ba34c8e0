import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { UploadedFile } from '@tempore/acts';
import { faultOfName, Refusal, withoutControls } from '@tempore/kernel';
import type { FastifyRequest } from 'fastify';

/** Injection token of the limit on a document, in bytes. */
export const MAX_UPLOAD_BYTES = Symbol('MAX_UPLOAD_BYTES');

const MAX_NAME_LENGTH = 255;

/**
 * The one file of a form, to be read as it arrives. Throws a `Refusal` where the request is no form, or does not begin
 * with the file.
 */
export const uploadedFile = async (request: FastifyRequest, maxBytes: number): Promise<UploadedFile> => {
  if (!request.isMultipart()) throw fileMissing('The body is not multipart/form-data.');
  const parts = request.parts({ limits: { fileSize: maxBytes, files: 1 } });
  const { value: part } = (await parts.next().catch(formMalformed)) as { value: Multipart | undefined };
  if (part?.type !== 'file' || part.fieldname !== 'file')
    throw fileMissing('The form does not begin with a file named "file".');
  return { fileName: nameOf(part), content: contentOf(part, parts, maxBytes) };
};

const nameOf = ({ filename }: MultipartFile): string => {
  const name = withoutControls(filename.split(/[/\\]/).at(-1) ?? '').trim();
  // Cut between two characters: the half of one is no text.
  const cut = name.slice(-MAX_NAME_LENGTH).replace(/^[\udc00-\udfff]/, '');
  return faultOfName(cut) === undefined ? cut : 'document';
};

async function* contentOf(
  { file }: MultipartFile,
  parts: AsyncIterator<unknown>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of file.iterator({ destroyOnReturn: false })) {
      size += (chunk as Uint8Array).length;
      yield chunk as Uint8Array;
    }
  } catch (error) {
    formMalformed(error);
  } finally {
    // Whoever stops halfway hears the answer all the same: the rest of the request is read and forgotten.
    file.resume();
  }
  if (file.truncated)
    throw new Refusal('DOCUMENT_TOO_LARGE', 'invalid', `file is larger than ${maxBytes} bytes.`, {
      remedy: 'Upload a smaller file: scans in black and white, or the pages that matter.',
      facts: { maxBytes },
    });
  if (size === 0)
    throw new Refusal('DOCUMENT_EMPTY', 'invalid', 'file is empty.', { remedy: 'Choose the file again.' });
  if (!(await parts.next().catch(formMalformed)).done)
    throw new Refusal('FORM_TOO_LONG', 'invalid', 'The form goes on behind the file.', {
      remedy: 'Send one part only, the file; each further document is a request of its own.',
    });
}

/** What the parser of forms refuses under a status of its own passes; whatever else it throws is about what was sent. */
const formMalformed = (error: unknown): never => {
  if (error instanceof Error && 'statusCode' in error) throw error;
  throw new Refusal('FORM_MALFORMED', 'invalid', 'The form is broken, or was cut off.', {
    remedy: 'Send multipart/form-data with its boundary, to the end.',
  });
};

const fileMissing = (message: string): Refusal =>
  new Refusal('FILE_MISSING', 'invalid', message, {
    remedy: 'Send multipart/form-data with one part, a file named "file".',
  });
