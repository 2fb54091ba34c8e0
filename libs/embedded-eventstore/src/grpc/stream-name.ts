import { type StreamIdentifier } from '@eventstore/db-client/generated/shared_pb';

import { badRequest } from '../failure';

/** @throws CallFailed where the name is missing or empty. */
export const readStreamName = (identifier: StreamIdentifier | undefined): string => {
  const name = Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
  if (name === '') throw badRequest('The stream name is empty.');
  return name;
};
