import { type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import {
  type DeleteReq,
  DeleteResp,
  type TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb';

import { badRequest, CallFailed } from '../failure';
import { type NodeContext } from './context';
import { expectedRevision } from './proposal';
import { statusOfError } from './status';
import { readStreamName } from './stream-name';

/** `Streams/Delete`: hides a stream. */
export const softDelete =
  (node: NodeContext) =>
  (call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>): void => {
    const run = async () => {
      const { stream, expected } = targetOf(call.request);
      if (expected === 'stream_exists') {
        throw new CallFailed({ kind: 'unsupported-expectation' });
      }
      const { position } = await node.writer.softDelete(stream, expected);
      const at = new DeleteResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position));
      return new DeleteResp().setPosition(at);
    };
    run().then(
      (response) => answer(null, response),
      (error: unknown) => answer(statusOfError(error)),
    );
  };

/** `Streams/Tombstone`: ends a stream for ever. */
export const tombstone =
  (node: NodeContext) =>
  (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>): void => {
    const run = async () => {
      const { stream, expected } = targetOf(call.request);
      const { position } = await node.writer.tombstone(stream, expected);
      const at = new TombstoneResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position));
      return new TombstoneResp().setPosition(at);
    };
    run().then(
      (response) => answer(null, response),
      (error: unknown) => answer(statusOfError(error)),
    );
  };

const targetOf = (request: DeleteReq | TombstoneReq) => {
  const options = request.getOptions();
  if (!options) throw badRequest('The request has no options.');
  return {
    stream: readStreamName(options.getStreamIdentifier()),
    expected: expectedRevision(options, options.getRevision()),
  };
};
