import { Command, InvalidArgumentError, Option } from 'commander';

import { type Address } from './grpc/cluster';
import { LARGEST_EVENT } from './grpc/proposal';
import { DEFAULT_OPTIONS, type NodeOptions } from './node';

export type CommandLine = NodeOptions & {
  readonly exitWithParent: boolean;
  readonly forceProduction: boolean;
};

/** Reads the options of the command; on a mistake or `--help` it prints what it has to say and ends the process. */
export const parseCommandLine = (argv: readonly string[]): CommandLine => {
  const command = new Command('eventstore')
    .description(
      "A single node that speaks EventStoreDB's gRPC protocol, for development and single machines: no replication, no server projections, no persistent subscriptions, no users, no scavenge.",
    )
    .requiredOption('--data <dir>', 'directory of the log; made where it is missing')
    .option('--host <host>', 'address to listen on; everybody who reaches it may read and write', DEFAULT_OPTIONS.host)
    .option('--port <port>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65_535), DEFAULT_OPTIONS.port)
    .option('--advertise <host:port>', 'the address given to clients that discover the cluster', address)
    .option(
      '--max-append-size <bytes>',
      'largest append, counted as bytes of data',
      wholeNumber(1, LARGEST_EVENT),
      DEFAULT_OPTIONS.maxAppendSize,
    )
    .addOption(
      new Option('--sync <on|off>', 'off never waits for the disk: for throw-away logs only')
        .argParser(onOrOff)
        .default(DEFAULT_OPTIONS.sync, 'on'),
    )
    .addOption(
      new Option('--first-position <position>', 'where an empty log begins')
        .argParser(position)
        .default(DEFAULT_OPTIONS.firstPosition, String(DEFAULT_OPTIONS.firstPosition)),
    )
    .option('--exit-with-parent', 'stop when the process that started this one ends', false)
    .option('--force-production', 'serve although NODE_ENV is production', false)
    .showHelpAfterError('(--help lists the options)')
    .allowExcessArguments(false);
  const { data, ...options } = command.parse([...argv], { from: 'user' }).opts<CommandLine & { data: string }>();
  return { ...options, dataDir: data };
};

const wholeNumber = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
};

const onOrOff = (text: string): boolean => {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new InvalidArgumentError('It is on or off.');
};

const position = (text: string): bigint => {
  if (/^\d{1,19}$/.test(text) && BigInt(text) < 2n ** 63n) return BigInt(text);
  throw new InvalidArgumentError('It is a whole number below 2^63.');
};

const address = (text: string): Address => {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535) throw new InvalidArgumentError('It looks like host:2113.');
  return { host, port: Number(port) };
};
