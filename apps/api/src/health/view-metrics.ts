import { status } from '@tempore/projections';
import { Gauge, type Registry } from 'prom-client';

import type { Stores } from '../../../composition/src/stores';

/**
 * Figures of every view, read anew by what is returned. Two ages a view: lag alone reads zero when the worker is dead,
 * so the age of its heartbeat stands beside the age of the last event that it handled.
 */
export const measureViews = (registry: Registry, { readSide }: Pick<Stores, 'readSide'>): (() => Promise<void>) => {
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({ name: `tempore_view_${name}`, help, labelNames: ['view', 'version'], registers: [registry] });
  const running = gauge('running', '1 while the view is kept up to date');
  const lastEvent = gauge('last_event_age_seconds', 'Since the last handled event was recorded');
  const heartbeat = gauge('heartbeat_age_seconds', 'Since a worker last showed that it lives');
  const parked = gauge('parked_events', 'Events set aside because they could not be projected');
  const handled = gauge('handled_events', 'Events of the view so far');
  return async () => {
    for (const report of await status(readSide)) {
      const labels = { view: report.view, version: report.version };
      running.set(labels, report.status === 'running' ? 1 : 0);
      if (report.lastEventAge !== undefined) lastEvent.set(labels, report.lastEventAge);
      if (report.heartbeatAge !== undefined) heartbeat.set(labels, report.heartbeatAge);
      parked.set(labels, report.parkedEvents);
      handled.set(labels, Number(report.handled));
    }
  };
};
