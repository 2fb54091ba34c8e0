import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

import type { Stores } from '../../../composition/src/stores';
import { measureViews } from './view-metrics';

/** Injection token of this process's metrics. */
export const METRICS = Symbol('METRICS');

export interface Metrics {
  readonly registry: Registry;
  /** The text that Prometheus reads, with figures of now. */
  readonly scrape: () => Promise<string>;
}

/** The process's own figures, what it has under way in the event store, and those of the views. */
export const createMetrics = (stores: Pick<Stores, 'readSide' | 'eventStreams'>): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'tempore_event_store_open_streams',
    help: 'Calls that are open on the connection to the event store; it takes 100',
    registers: [registry],
    collect() {
      this.set(stores.eventStreams.open);
    },
  });
  const readViews = measureViews(registry, stores);
  return {
    registry,
    scrape: async () => {
      await readViews();
      return registry.metrics();
    },
  };
};

/** Times every request by its route, never by its path: ids would make a series each. */
export const measureRequests = (fastify: FastifyInstance, registry: Registry): void => {
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
    done();
  });
};
