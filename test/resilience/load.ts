import { setTimeout as sleep } from 'node:timers/promises';

import { deriveId } from '@tempore/kernel';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

import { lifeOf } from './deal-life';
import type { Answer, Request } from './history/history';
import type { BrokenInstallation } from './installation';

/** The product has to be up again, and at work, long before. */
const ANSWERED_WITHIN_MS = 120_000;

/** One is a person's to review, one a rule approves. */
const LINES = [
  { productLine: 'Gateway', type: 'new', value: { oneTime: { minorUnits: 7_500_000, currency: 'USD' } } },
  { productLine: 'Sensor', type: 'new', value: { oneTime: { minorUnits: 2_000_000, currency: 'USD' } } },
];

interface Said extends Answer {
  readonly body: unknown;
}

/** Sends commands, each under its key until it is answered for good, and writes down every answer. */
export class Load {
  readonly requests: Request[] = [];
  private readonly random;
  private stopping = false;

  constructor(
    private readonly installation: Pick<BrokenInstallation, 'addresses' | 'tokenFor'>,
    private readonly seed: number,
  ) {
    this.random = xoroshiro128plus(seed);
  }

  upTo(most: number): number {
    return uniformInt(this.random, 0, most);
  }

  oneOf<T>(items: readonly T[]): T {
    const [item] = items.slice(this.upTo(items.length - 1));
    if (item === undefined) throw new RangeError('There is nothing to choose from.');
    return item;
  }

  /** How many requests were answered for good. */
  get answers(): number {
    return this.requests.filter(({ answers }) => answers.length > 0).length;
  }

  /** Waits until so many were answered: what is killed then is killed in the middle of its work. */
  async answered(count: number): Promise<void> {
    const end = performance.now() + ANSWERED_WITHIN_MS;
    while (this.answers < count) {
      if (performance.now() > end)
        throw new Error(`After ${ANSWERED_WITHIN_MS} ms ${this.answers} of ${count} were answered.`);
      await sleep(20);
    }
  }

  stop(): void {
    this.stopping = true;
  }

  /** Several clients at once, until they are told to stop. */
  async run(clients: number): Promise<void> {
    const manager = await this.installation.tokenFor('channel-manager');
    const admin = await this.installation.tokenFor('admin');
    await Promise.all(Array.from({ length: clients }, (_, index) => this.client(manager, admin, index === 0)));
  }

  private async client(manager: string, admin: string, movesClock: boolean): Promise<void> {
    let hours = 0;
    while (!this.stopping) {
      const name = `Imaginary ${this.seed} ${this.requests.length}`;
      const partner = await this.send(manager, '/v1/partners', { legalName: name, country: 'CH' });
      const partnerId = partner && (partner.body as { id?: string }).id;
      if (partnerId) {
        await this.send(manager, `/v1/partners/${partnerId}/approval`, { tier: 'silver' });
        await this.register(partnerId, manager);
      }
      // Few names, so that both APIs open one customer at once.
      const domains = [`customer-${this.seed}-${this.upTo(30)}.ch`];
      await this.send(manager, '/v1/accounts', { legalName: name, country: 'CH', domains });
      if (movesClock) {
        const to = new Date(Date.now() + (hours += 240) * 3_600_000).toISOString();
        await this.send(admin, '/v1/clock', { to });
      }
    }
  }

  /**
   * Files for one of a few customers, so that two clients meet on one docket, or for one of the partner’s own, whose
   * deal then lives on to its end. By form or deal by deal, as it comes.
   */
  private async register(partnerId: string, manager: string): Promise<void> {
    const token = await this.installation.tokenFor('partner-user', partnerId);
    const documentId = await this.handIn(token);
    if (!documentId) return;
    const isOwn = this.upTo(1) === 0;
    const number = isOwn ? `of-${partnerId}` : this.upTo(5).toString();
    const project = {
      customer: { legalName: `Shared ${number}`, country: 'CH', domain: `shared-${this.seed}-${number}.ch` },
      contacts: [{ name: 'Ada Lovelace', email: 'ada@contoso.ch', consentedOn: '2026-01-02' }],
      estimatedClose: '2099-12-31',
      businessProblem: 'Branches lose orders when the line is down',
      firstTouch: { kind: 'meeting', at: '2026-01-02T10:00:00Z', counterpart: { name: 'Ada Lovelace' }, documentId },
    };
    const dealId =
      this.upTo(1) === 0
        ? (await this.send(token, '/v1/registrations', { ...project, lines: LINES }))?.lines?.[0]?.dealId
        : await this.draftAndSubmit(token, { ...project, ...LINES[0] });
    if (dealId && isOwn) await this.live(dealId, documentId, { partner: token, vendor: manager });
  }

  private async draftAndSubmit(token: string, content: object): Promise<string | undefined> {
    const drafted = await this.send(token, '/v1/deals', content);
    const dealId = drafted && (drafted.body as { id?: string }).id;
    if (dealId) await this.send(token, `/v1/deals/${dealId}/submission`, {});
    return dealId;
  }

  private async live(
    dealId: string,
    documentId: string,
    tokens: Readonly<Record<'partner' | 'vendor', string>>,
  ): Promise<void> {
    for (const { by, path, data } of lifeOf(dealId, documentId, this.upTo(3) > 0))
      await this.send(tokens[by], path, data);
  }

  private async handIn(token: string): Promise<string | undefined> {
    const key = this.newKey();
    const said = await this.untilAnswered(() => {
      const form = new FormData();
      form.append('file', new Blob(['Minutes of the meeting'], { type: 'text/plain' }), 'minutes.txt');
      return {
        path: '/v1/documents',
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
        body: form,
      };
    });
    return said && (said.body as { id?: string }).id;
  }

  /** Every fifth command is sent once more after its answer. */
  private async send(token: string, path: string, data: object): Promise<Said | undefined> {
    if (this.stopping) return undefined;
    const key = this.newKey();
    const again = this.upTo(4) === 0;
    const body = JSON.stringify(data);
    const headers = {
      authorization: `Bearer ${token}`,
      'idempotency-key': key,
      'content-type': 'application/json',
    };
    const answers: Answer[] = [];
    this.requests.push({ key, path: `POST ${path}`, answers });
    const first = await this.untilAnswered(() => ({ path, headers, body }));
    if (first) answers.push(first);
    const second = first && again ? await this.untilAnswered(() => ({ path, headers, body })) : undefined;
    if (second) answers.push(second);
    return first;
  }

  private newKey(): string {
    return deriveId('resilience', this.seed.toString(), this.requests.length.toString(), this.upTo(1e9).toString());
  }

  /** Tries at any API that is up, until one says yes or no. */
  private async untilAnswered(
    request: () => { path: string; headers: Record<string, string>; body: string | FormData },
  ): Promise<Said | undefined> {
    while (!this.stopping) {
      const addresses = this.installation.addresses();
      const address = addresses[this.upTo(1) % Math.max(1, addresses.length)];
      const said = address && (await this.ask(address, request()).catch(() => undefined));
      if (said && said.status < 500 && said.status !== 429) return said;
      await sleep(100);
    }
    return undefined;
  }

  private async ask(
    address: string,
    { path, ...init }: { path: string; headers: Record<string, string>; body: string | FormData },
  ): Promise<Said> {
    const answer = await fetch(`${address}${path}`, { method: 'POST', ...init, signal: AbortSignal.timeout(15_000) });
    const body: unknown = await answer.json();
    return { status: answer.status, ...toldBy(body), body };
  }
}

/** What an answer says that it left in the log: it names events, or the receipts of a form's lines. */
const toldBy = (body: unknown): Pick<Answer, 'events' | 'lines'> => {
  const { events = [], registrations = [] } = body as {
    readonly events?: readonly { readonly id: string }[];
    readonly registrations?: readonly {
      readonly dealId: string;
      readonly receipt: { readonly eventId: string } | null;
    }[];
  };
  const lines = registrations.map(({ dealId, receipt }) => ({ dealId, filingId: receipt?.eventId ?? null }));
  return { events: events.map(({ id }) => id), lines };
};
