import { answerOf, api } from './client';

/** Hands a document in, and answers its id. Under one key it is handed in once. */
export const handIn = async (file: File, key: string): Promise<string> => {
  const body = new FormData();
  body.append('file', file);
  const { id } = await answerOf(
    api.POST('/v1/documents', {
      params: { header: { 'Idempotency-Key': key } },
      body: { file: '' },
      bodySerializer: () => body,
    }),
  );
  return id;
};
