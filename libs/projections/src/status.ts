import type { Position } from '@tempore/kernel';

import { fromText, type ViewStatus } from './checkpoint';
import { type Database, qualified } from './database';
import { isMissing } from './errors';

/** One version of a view, as operators, readiness and metrics see it. Ages are in seconds by the database's clock. */
export interface ViewReport {
  readonly view: string;
  readonly version: number;
  /** Whether readers see this version. */
  readonly live: boolean;
  readonly status: ViewStatus;
  readonly error: string | undefined;
  readonly position: Position | undefined;
  /** Events of the view so far. */
  readonly handled: bigint;
  /** Distance to the end of the log, in the log's own measure (bytes, not events); grows while a worker is dead. */
  readonly behind: bigint | undefined;
  /** Since the last handled event was recorded; undefined before the first. */
  readonly lastEventAge: number | undefined;
  /** Since a worker last showed that it lives; undefined before the first. */
  readonly heartbeatAge: number | undefined;
  /** The worker that holds the view now. */
  readonly owner: string | undefined;
  readonly parkedStreams: number;
  readonly parkedEvents: number;
}

interface ReportRow {
  readonly view: string;
  readonly version: number;
  readonly live: boolean;
  readonly status: ViewStatus;
  readonly error: string | null;
  readonly position: string | null;
  readonly handled: string;
  readonly last_event_age: number | null;
  readonly heartbeat_age: number | null;
  readonly owner: string | null;
  readonly streams: number;
  readonly events: number;
}

/** Before the first worker has made the schema there is no view. */
const readReports = (database: Database): Promise<ReportRow[]> =>
  database.pool
    .query<ReportRow>(
      `select c.view, c.version, l.version is not null as live, c.status, c.error, c.position, c.handled,
            extract(epoch from clock_timestamp() - c.last_event_at)::float8 as last_event_age,
            extract(epoch from clock_timestamp() - c.heartbeat_at)::float8 as heartbeat_age,
            case when c.lease_until > clock_timestamp() then c.owner end as owner,
            p.streams, p.events
     from ${qualified(database, 'checkpoints')} c
     left join ${qualified(database, 'live')} l on l.view = c.view and l.version = c.version
     cross join lateral (
       select count(distinct stream)::int as streams, count(*)::int as events
       from ${qualified(database, 'parked')} p where p.view = c.view and p.version = c.version
     ) p
     order by c.view, c.version`,
    )
    .then(
      ({ rows }) => rows,
      (error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      },
    );

/** @param head the newest place of the log, where the caller knows it: without it `behind` is not told */
export const status = async (database: Database, head?: Position): Promise<ViewReport[]> => {
  const rows = await readReports(database);
  return rows.map((row) => {
    const position = fromText(row.position);
    return {
      view: row.view,
      version: row.version,
      live: row.live,
      status: row.status,
      error: row.error ?? undefined,
      position,
      handled: BigInt(row.handled),
      behind: head && distance(position, head),
      lastEventAge: row.last_event_age ?? undefined,
      heartbeatAge: row.heartbeat_age ?? undefined,
      owner: row.owner ?? undefined,
      parkedStreams: row.streams,
      parkedEvents: row.events,
    };
  });
};

const distance = (position: Position | undefined, head: Position): bigint => {
  const left = head.commit - (position?.commit ?? 0n);
  return left > 0n ? left : 0n;
};

/** Why readers should not be sent here: each live view that has stopped, is still building, or has no living worker. */
export const whyNotReady = (reports: readonly ViewReport[], maxHeartbeatAge: number): string[] =>
  reports.filter(({ live }) => live).flatMap((report) => reasonOf(report, maxHeartbeatAge) ?? []);

const reasonOf = (
  { view, version, status: now, error, heartbeatAge }: ViewReport,
  maxHeartbeatAge: number,
): string | undefined => {
  const because = error === undefined ? '' : `: ${error}`;
  if (now === 'stopped') return `${view}@${version} has stopped${because}`;
  if (heartbeatAge === undefined) return `${view}@${version} has never had a worker`;
  if (heartbeatAge > maxHeartbeatAge)
    return `${view}@${version} has no worker: last heartbeat ${heartbeatAge.toFixed(0)} s ago`;
  return now === 'building' ? `${view}@${version} is still building${because}` : undefined;
};
