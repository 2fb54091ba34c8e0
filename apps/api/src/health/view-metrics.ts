import { status } from '@tempore/projections';
import { Gauge, type Registry } from 'prom-client';

import type { Stores } from '../../../composition/src/stores';

/**
 * Two ages a view: lag alone reads zero when the worker is dead, so the age of its heartbeat stands beside the age of
 * the last event it handled.
 */
export const measureViews = (registry: Registry, { readSide }: Pick<Stores, 'readSide'>): void => {
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({ name, help, labelNames: ['view', 'version'], registers: [] });
  const lastEvent = gauge('tempore_view_last_event_age_seconds', 'Since the last handled event was recorded');
  const heartbeat = gauge('tempore_view_heartbeat_age_seconds', 'Since a worker last showed that it lives');
  const parked = gauge('tempore_view_parked_events', 'Events set aside because they could not be projected');
  const handled = gauge('tempore_view_handled_events', 'Events of the view so far');
  const up = new Gauge({
    name: 'tempore_view_running',
    help: '1 while the view is kept up to date',
    labelNames: ['view', 'version'],
    registers: [registry],
    async collect() {
      for (const report of await status(readSide)) {
        const labels = { view: report.view, version: report.version };
        up.set(labels, report.status === 'running' ? 1 : 0);
        if (report.lastEventAge !== undefined) lastEvent.set(labels, report.lastEventAge);
        if (report.heartbeatAge !== undefined) heartbeat.set(labels, report.heartbeatAge);
        parked.set(labels, report.parkedEvents);
        handled.set(labels, Number(report.handled));
      }
    },
  });
  for (const metric of [lastEvent, heartbeat, parked, handled]) registry.registerMetric(metric);
};
