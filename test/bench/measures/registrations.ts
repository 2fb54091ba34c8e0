import { randomUUID } from 'node:crypto';

import { categories } from '@tempore/catalogue';
import type { StoredEvent } from '@tempore/kernel';
import type autocannon from 'autocannon';

import { aDeal } from '../../harness/registrations';
import { until } from '../../stores';
import { type ActingPartner, actingPartner } from '../acting-partner';
import { type BareClient, type Content, openBareClient } from '../bare-client';
import { fire } from '../firing';
import { type Installation, withInstallation } from '../installation';
import { readLog } from '../log';
import type { Figure, Measure } from '../measure';
import { type Done, inFlight, median, quantile } from '../rounds';

const CONNECTIONS = 16;

/** One form with one line, for a customer that nobody knows, of a value that a rule approves at once. */
const form = (documentId: string): object => {
  const { productLine, type, value, ...shared } = aDeal(documentId, {
    value: { oneTime: { minorUnits: 2_000_000, currency: 'USD' } },
  });
  return { ...shared, lines: [{ productLine, type, value }] };
};

interface Answer {
  readonly registrations: readonly { readonly standing: { readonly status: string } | null }[];
}

const isApproved = ({ registrations }: Answer): boolean =>
  registrations.length === 1 && registrations[0]?.standing?.status === 'approved';

interface Clerk extends ActingPartner {
  readonly url: string;
  /** Shows the first touch. */
  readonly documentId: string;
}

const register = async ({ url, token, documentId }: Clerk, amount: number): Promise<Done> => {
  let approved = 0;
  const request: autocannon.Request = {
    method: 'POST',
    path: '/v1/registrations',
    setupRequest: (one) => ({
      ...one,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(form(documentId)),
    }),
    onResponse: (status, body) => {
      if (status === 201 && isApproved(JSON.parse(body) as Answer)) approved++;
    },
  };
  const done = await fire(url, [request], CONNECTIONS, amount);
  if (approved !== done.took.length) throw new Error(`${done.took.length} were answered, ${approved} approved`);
  return done;
};

/** What one registration leaves in the log, found by making one. */
const eventsOfOne = async ({ caller, documentId }: Clerk, { store }: Installation): Promise<readonly StoredEvent[]> => {
  const before = await readLog(store, categories);
  const answer = await caller.post('/v1/registrations', form(documentId));
  if (answer.status !== 201 || !isApproved(answer.body as Answer)) throw new Error(`Not approved: ${answer.text}`);
  return (await readLog(store, categories)).slice(before.length);
};

/** Appends these events one by one, each at the revision of the one before in a stream of its own; then again. */
const bareRegistration = (bare: BareClient, events: readonly StoredEvent[]): (() => () => Promise<void>) => {
  const contentsOf = (stream: string): readonly Content[] =>
    events
      .filter((event) => event.stream === stream)
      .map(({ type, data, metadata }) => ({ type, data, metadata }) as Content);
  const order = events.map(({ stream }) => stream);
  const contents = [...new Set(order)].map((stream) => [stream, contentsOf(stream)] as const);
  return () => async () => {
    const appends = new Map(contents.map(([stream, itsOwn]) => [stream, bare.writer(itsOwn)]));
    for (const stream of order) await appends.get(stream)?.();
  };
};

interface Turn {
  readonly ours: Done;
  readonly bare: Done;
}

const figuresOf = (turns: readonly Turn[], events: number): readonly Figure[] => {
  const time = (share: number): Figure => {
    const [ours, appended] = [turns.flatMap((turn) => turn.ours.took), turns.flatMap((turn) => turn.bare.took)];
    const [value, peer] = [quantile(ours, share), quantile(appended, share)];
    const name = `p${share * 100}`;
    return { what: name, value, unit: 'ms', peer: { what: `its events, ${name}`, value: peer }, ratio: value / peer };
  };
  return [
    {
      what: `registrations, ${CONNECTIONS} connections`,
      value: median(turns.map(({ ours }) => ours.perSecond)),
      unit: '/s',
      peer: { what: `its ${events} events one by one`, value: median(turns.map(({ bare }) => bare.perSecond)) },
      ratio: median(turns.map(({ ours, bare }) => ours.perSecond / bare.perSecond)),
      aim: { of: 'ratio', least: 0.35 },
    },
    time(0.5),
    time(0.99),
  ];
};

export const registrations: Measure = {
  name: 'registrations',
  why: 'from the form to the approval over HTTP, held against bare appends of the events that it leaves',
  run: ({ rounds, roundMs, times }) =>
    withInstallation(async (installation) => {
      installation.startProjector();
      const url = await installation.startApi();
      // What the rules ask of the views needs views.
      await until('the API and the views are ready', async () => (await fetch(`${url}/health/ready`)).ok);
      const partner = await actingPartner(url, installation);
      const clerk = { ...partner, url, documentId: await partner.caller.handIn() };
      const bare = openBareClient();
      try {
        const events = await eventsOfOne(clerk, installation);
        const turns: Turn[] = [];
        for (let round = 0; round <= rounds; round++) {
          const appended = await inFlight(CONNECTIONS, roundMs, bareRegistration(bare, events));
          turns.push({ bare: appended, ours: await register(clerk, Math.max(CONNECTIONS, times)) });
        }
        return figuresOf(turns.slice(1), events.length);
      } finally {
        await bare.close();
      }
    }),
};
