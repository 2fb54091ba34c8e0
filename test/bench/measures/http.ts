import { randomUUID } from 'node:crypto';

import type autocannon from 'autocannon';

import { actingPartner } from '../acting-partner';
import { openBareClient } from '../bare-client';
import { fire } from '../firing';
import { type Installation, withInstallation } from '../installation';
import { countLog } from '../log';
import type { Figure, Measure } from '../measure';
import { type Done, inFlight, median, quantile } from '../rounds';

/** What a partner says of a deal before it is filed; each revision says something else, else it would leave no event. */
const REVISIONS = 4;

const said = (number: number): string =>
  JSON.stringify({
    customer: { legalName: 'Contoso AG', country: 'CH', domain: 'contoso.ch' },
    productLine: 'Gateway',
    type: 'new',
    value: { oneTime: { minorUnits: 7_500_000, currency: 'USD' } },
    estimatedClose: '2099-12-31',
    businessProblem: `Branches lose orders when the line is down: ${number}`,
  });

/** Drafts a deal, says something of it anew a few times, then the next: each a command under a key of its own. */
const requestsOf = (token: string): autocannon.Request[] => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const withKey = (request: autocannon.Request): autocannon.Request => ({
    ...request,
    headers: { ...headers, 'idempotency-key': randomUUID() },
  });
  const draft: autocannon.Request = {
    method: 'POST',
    path: '/v1/deals',
    headers,
    body: said(0),
    setupRequest: withKey,
    onResponse: (status, body, context) => {
      if (status === 201) (context as { id?: string }).id = (JSON.parse(body) as { id: string }).id;
    },
  };
  const revisions = Array.from({ length: REVISIONS }, (_, index): autocannon.Request => {
    return {
      method: 'POST',
      headers,
      body: said(index + 1),
      setupRequest: (request, context) =>
        withKey({ ...request, path: `/v1/deals/${(context as { id?: string }).id ?? ''}/revisions` }),
    };
  });
  return [draft, ...revisions];
};

interface Turn {
  readonly ours: Done;
  readonly bare: Done;
}

const figuresOf = (connections: number, turns: readonly Turn[]): readonly Figure[] => {
  const at = `${connections} connections`;
  const times = (share: number): Figure => {
    const [ours, bare] = [turns.flatMap((turn) => turn.ours.took), turns.flatMap((turn) => turn.bare.took)];
    const [value, peer] = [quantile(ours, share), quantile(bare, share)];
    const name = `p${share * 100}`;
    return {
      what: `${at}, ${name}`,
      value,
      unit: 'ms',
      peer: { what: `bare append, ${name}`, value: peer },
      ratio: value / peer,
    };
  };
  return [
    {
      what: `commands, ${at}`,
      value: median(turns.map(({ ours }) => ours.perSecond)),
      unit: '/s',
      peer: { what: 'bare appends', value: median(turns.map(({ bare }) => bare.perSecond)) },
      ratio: median(turns.map(({ ours, bare }) => ours.perSecond / bare.perSecond)),
      aim: { of: 'value', least: 1_900 },
    },
    times(0.5),
    times(0.99),
  ];
};

export const http: Measure = {
  name: 'http',
  why: 'commands over HTTP, authenticated and validated, to an API in a process of its own',
  run: ({ rounds, roundMs, times }) =>
    withInstallation(async (installation) => {
      const url = await installation.startApi();
      const { token } = await actingPartner(url, installation);
      const bare = openBareClient();
      const figures: Figure[] = [];
      let answered = 0;
      try {
        for (const connections of [16, 64]) {
          const turns: Turn[] = [];
          for (let round = 0; round <= rounds; round++) {
            const appended = await inFlight(connections, roundMs, bare.writer);
            const amount = Math.max(connections, 8 * times);
            turns.push({ bare: appended, ours: await fire(url, requestsOf(token), connections, amount) });
          }
          answered += turns.flatMap(({ ours }) => ours.took).length;
          figures.push(...figuresOf(connections, turns.slice(1)));
        }
        await expectOnRecord(installation, answered);
      } finally {
        await bare.close();
      }
      return figures;
    }),
};

/** A yes is worth nothing without its event. */
const expectOnRecord = async (installation: Installation, answered: number): Promise<void> => {
  const { events } = await countLog(installation.store, ['deal']);
  if (events !== answered) throw new Error(`${answered} commands were accepted, ${events} are on record`);
};
