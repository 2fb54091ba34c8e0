import { Console } from 'node:console';

import {
  compareVersions,
  listParked,
  resume,
  retireVersion,
  retryParked,
  rollbackVersion,
  showParked,
  status,
  switchVersion,
  type ViewReport,
} from '@tempore/projections';
import { Command, InvalidArgumentError } from 'commander';

import type { Stores } from '../../../composition/src/stores';
import { logSource } from '../../../composition/src/views';
import { UsageError, withStores } from '../context';
import { namedView } from './named-views';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const seconds = (age: number | undefined): string => (age === undefined ? 'never' : `${age.toFixed(1)} s`);

const toRow = (report: ViewReport): Record<string, string | number> => ({
  view: `${report.view}@${report.version}${report.live ? '' : ' (not live)'}`,
  status: report.error ? `${report.status}: ${report.error}` : report.status,
  events: Number(report.handled),
  'bytes behind': Number(report.behind ?? 0n),
  'last event': seconds(report.lastEventAge),
  heartbeat: seconds(report.heartbeatAge),
  parked: report.parkedEvents === 0 ? '' : `${report.parkedEvents} of ${report.parkedStreams} streams`,
});

const toJson = (report: ViewReport): object => ({
  ...report,
  position: undefined,
  handled: report.handled.toString(),
  behind: report.behind?.toString(),
});

const showStatus = async ({ readSide, eventStore }: Stores, asJson: boolean): Promise<void> => {
  const reports = await status(readSide, await eventStore.newest('everything'));
  if (asJson) for (const report of reports) print(JSON.stringify(toJson(report)));
  else new Console(process.stdout).table(reports.map(toRow));
};

const versionOf = (text: string): number => {
  const version = Number(text);
  if (Number.isInteger(version) && version > 0) return version;
  throw new InvalidArgumentError('a version is a whole number from 1');
};

const parkedCommand = (): Command =>
  new Command('parked')
    .description('streams whose events wait, because a view could not take one of them')
    .addCommand(
      new Command('list').description('every parked stream with its error').action(() =>
        withStores(async ({ stores }) => {
          for (const stream of await listParked(stores.readSide)) print(JSON.stringify(stream));
        }),
      ),
    )
    .addCommand(
      new Command('show')
        .description('the waiting events of one stream, in order')
        .argument('<view>')
        .argument('<stream>')
        .action((name: string, stream: string) =>
          withStores(async ({ stores }) => {
            for (const { event, error } of await showParked(stores.readSide, namedView(name), stream))
              print(JSON.stringify({ id: event.id, type: event.type, revision: event.revision.toString(), error }));
          }),
        ),
    )
    .addCommand(
      new Command('retry')
        .description('project the waiting events of one stream, all of them or none')
        .argument('<view>')
        .argument('<stream>')
        .action((name: string, stream: string) =>
          withStores(async ({ stores }) => {
            const outcome = await retryParked(
              { database: stores.readSide, source: logSource(stores.eventStore), view: namedView(name) },
              stream,
            );
            if (outcome.outcome === 'failed')
              throw new UsageError(
                `${outcome.event.event.type} ${outcome.event.event.id} still fails: ${outcome.error}`,
              );
            print(`${outcome.events} events of ${stream} are in ${name}`);
          }),
        ),
    );

export const projectionsCommand = (): Command =>
  new Command('projections')
    .description('the views: status, version, lag, heartbeat, what is parked')
    .option('--json', 'one JSON object a line', false)
    .action(({ json }: { json: boolean }) => withStores(({ stores }) => showStatus(stores, json)))
    .addCommand(parkedCommand())
    .addCommand(
      new Command('resume')
        .description('let a stopped view try again')
        .argument('<view>')
        .action((name: string) =>
          withStores(async ({ stores }) => {
            await resume(stores.readSide, namedView(name));
            print(`${name} goes on`);
          }),
        ),
    )
    .addCommand(
      new Command('switch')
        .description('let readers see another version of a view')
        .argument('<view>')
        .argument('<version>', 'a version that has caught up', versionOf)
        .action((name: string, version: number) =>
          withStores(async ({ stores }) => {
            await switchVersion(stores.readSide, name, version);
            print(`${name}@${version} is live`);
          }),
        ),
    )
    .addCommand(
      new Command('compare')
        .description('compare two versions of a view row by row; exit code 1 where they differ')
        .argument('<view>')
        .argument('<version>', 'one version', versionOf)
        .argument('<other>', 'the other', versionOf)
        .action((name: string, version: number, other: number) =>
          withStores(async ({ stores }) => {
            const { tables, equal } = await compareVersions(stores.readSide, name, version, other);
            for (const table of tables) print(JSON.stringify(table));
            print(equal ? `${name}@${version} and ${name}@${other} are equal` : 'They differ');
            if (!equal) process.exitCode = 1;
          }),
        ),
    )
    .addCommand(
      new Command('retire')
        .description('drop a version of a view that readers do not see')
        .argument('<view>')
        .argument('<version>', 'a version that is not live', versionOf)
        .action((name: string, version: number) =>
          withStores(async ({ stores }) => {
            await retireVersion(stores.readSide, name, version);
            print(`${name}@${version} is gone`);
          }),
        ),
    )
    .addCommand(
      new Command('rollback')
        .description('let readers see the version before the last switch again')
        .argument('<view>')
        .action((name: string) =>
          withStores(async ({ stores }) => {
            print(`${name}@${await rollbackVersion(stores.readSide, name)} is live`);
          }),
        ),
    );
