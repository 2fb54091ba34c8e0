import { ReadReq } from '@eventstore/db-client/generated/streams_pb';

import { badRequest } from '../failure';
import { readStreamName } from '../grpc/stream-name';
import { type FilterExpression } from './filter';

export type Start = 'start' | 'end' | bigint;

export type ReadTarget =
  | { readonly kind: 'stream'; readonly stream: string; readonly from: Start }
  | { readonly kind: 'all'; readonly from: Start };

export type ReadRequest = {
  readonly target: ReadTarget;
  readonly direction: 'forwards' | 'backwards';
  /** Events wanted; subscriptions have no end. */
  readonly count: bigint;
  readonly subscription: boolean;
  readonly resolveLinks: boolean;
  readonly structuredIds: boolean;
  readonly filter: FilterExpression | undefined;
  /** Events looked at between two checkpoints of a filtered subscription. */
  readonly checkpointInterval: number;
};

/** The search window where the caller gives none, as the server has it. */
const DEFAULT_WINDOW = 32;

/** @throws CallFailed where the request makes no sense. */
export const parseReadRequest = (request: ReadReq): ReadRequest => {
  const options = request.getOptions();
  if (!options) throw badRequest('ReadReq.options is missing.');
  const filter = options.getFilter();
  return {
    target: targetOf(options),
    direction: options.getReadDirection() === ReadReq.Options.ReadDirection.FORWARDS ? 'forwards' : 'backwards',
    count: BigInt(options.getCount()),
    subscription: options.hasSubscription(),
    resolveLinks: options.getResolveLinks(),
    structuredIds: options.getUuidOption()?.hasStructured() ?? false,
    filter: filter && expressionOf(filter),
    checkpointInterval:
      (filter?.getMax() || DEFAULT_WINDOW) * Math.max(1, filter?.getCheckpointintervalmultiplier() ?? 1),
  };
};

const targetOf = (options: ReadReq.Options): ReadTarget => {
  const stream = options.getStream();
  if (stream) {
    const from = stream.hasStart() ? 'start' : stream.hasEnd() ? 'end' : startAt(stream.getRevision());
    return { kind: 'stream', stream: readStreamName(stream.getStreamIdentifier()), from };
  }
  const all = options.getAll();
  if (!all) throw badRequest('ReadReq.options names neither a stream nor $all.');
  const position = all.getPosition();
  if (!position) return { kind: 'all', from: all.hasEnd() ? 'end' : 'start' };
  const [commit, prepare] = [position.getCommitPosition(), position.getPreparePosition()];
  if (commit !== prepare)
    throw badRequest(`Position ${commit}/${prepare} is no event's: its two parts are always equal.`);
  return { kind: 'all', from: startAt(commit) };
};

/** The highest number of 64 bits means the end, too. */
const startAt = (place: string): Start => (BigInt(place) === 2n ** 64n - 1n ? 'end' : BigInt(place));

const expressionOf = (filter: ReadReq.Options.FilterOptions): FilterExpression => {
  const byStream = filter.getStreamIdentifier();
  const expression = byStream ?? filter.getEventType();
  if (!expression) throw badRequest('A filter needs an expression on stream names or event types.');
  return {
    on: byStream ? 'stream' : 'type',
    regex: expression.getRegex(),
    prefixes: expression.getPrefixList(),
  };
};
