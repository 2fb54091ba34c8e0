import { type ServerWritableStream } from '@grpc/grpc-js';
import { type ReadReq } from '@eventstore/db-client/generated/streams_pb';

import { type Failure } from '../failure';
import { Outlet } from '../read/outlet';
import { read as readOnce } from '../read/read';
import { parseReadRequest } from '../read/read-request';
import { subscribe } from '../read/subscribe';
import { type NodeContext } from './context';
import { statusOf, statusOfError } from './status';

/** `Streams/Read`: reads and subscriptions of a stream or of the whole log. Messages are sent as finished bytes. */
export const read =
  (node: NodeContext) =>
  (call: ServerWritableStream<ReadReq, Buffer>): void => {
    const outlet = new Outlet(call);
    const done = node.calls.add((failure: Failure) => call.emit('error', statusOf(failure)));
    outlet.whenClosed(done);
    void answer(node, call.request, outlet)
      .then(
        () => outlet.isClosed() || call.end(),
        (error: unknown) => outlet.isClosed() || call.emit('error', statusOfError(error)),
      )
      .finally(done);
  };

const answer = async (node: NodeContext, message: ReadReq, outlet: Outlet<ReadReq>): Promise<void> => {
  const { log, nowMs } = node;
  const request = parseReadRequest(message);
  const reading = { log, request, outlet, nowMs };
  if (request.subscription) await subscribe(reading, node.changes);
  else await readOnce(reading);
};
