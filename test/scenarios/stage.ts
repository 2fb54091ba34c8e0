import { addDays, type Instant, toInstant } from '@tempore/kernel';
import type { Response } from 'supertest';

import { type Caller, idOf } from '../harness/caller';
import { aCustomer, aDeal, type ActingPartner, enrol } from '../harness/registrations';
import type { System } from '../harness/system';

/** A Monday, nine o'clock. */
const MONDAY = Date.parse('2026-03-02T09:00:00.000Z');
const WEEK_MS = 7 * 86_400_000;

const mondayAfter = (at: Instant): Instant =>
  toInstant(new Date(MONDAY + Math.ceil((Date.parse(at) + 1 - MONDAY) / WEEK_MS) * WEEK_MS));

export interface StandingBody {
  readonly status: string;
  readonly since: string;
  readonly until: string | null;
  readonly next: string;
  readonly turn: string | null;
  readonly turns: { readonly partner: number; readonly vendor: number; readonly paused: number };
}

/** Who stands on the stage of a scenario, and what they do over HTTP at the simulated time. */
export interface Stage {
  readonly system: System;
  readonly manager: Caller;
  readonly direct: Caller;
  readonly auditor: Caller;
  /** Moves the clock to an instant, or by days from now. */
  readonly wait: (until: Instant | { readonly days?: number; readonly hours?: number }) => Promise<void>;
  readonly now: () => Instant;
  /** Nine o'clock of the next Monday: business days then count from a full week. */
  readonly nextMonday: () => Promise<Instant>;
  readonly partner: (tier?: string) => Promise<Registrant>;
}

/** A partner that registers deals. */
export interface Registrant extends ActingPartner {
  readonly draft: (content: object) => Promise<string>;
  readonly submit: (dealId: string) => Promise<Response>;
  /** Drafts and submits, complete where nothing else is said. Answers the deal's id. */
  readonly register: (content?: object) => Promise<string>;
  readonly standing: (dealId: string) => Promise<StandingBody>;
  readonly post: (dealId: string, act: string, body?: object) => Promise<Response>;
  readonly document: (text?: string) => Promise<string>;
}

const HOUR_MS = 3_600_000;

export const setStage = async (system: System): Promise<Stage> => {
  const admin = await system.as('admin');
  const manager = await system.as('channel-manager');
  const now = () => system.clock.now();
  const wait: Stage['wait'] = async (until) => {
    const to =
      typeof until === 'string'
        ? until
        : addDays(now(), (until.days ?? 0) + ((until.hours ?? 0) * HOUR_MS) / 86_400_000);
    expectDone(await admin.post('/v1/clock', { to }));
  };
  return {
    system,
    manager,
    direct: await system.as('direct-rep'),
    auditor: await system.as('auditor'),
    wait,
    now,
    nextMonday: async () => {
      const monday = mondayAfter(now());
      await wait(monday);
      return monday;
    },
    partner: async (tier = 'bronze') => registrant(await enrol(system, { tier })),
  };
};

const registrant = (partner: ActingPartner): Registrant => {
  const { caller } = partner;
  const document = (text?: string) => caller.handIn(text);
  const draft = async (content: object): Promise<string> => idOf(expectDone(await caller.post('/v1/deals', content)));
  const submit = (dealId: string) => caller.post(`/v1/deals/${dealId}/submission`);
  return {
    ...partner,
    document,
    draft,
    submit,
    register: async (content = {}) => {
      const dealId = await draft(aDeal(await document(), { ...content }));
      expectDone(await submit(dealId));
      return dealId;
    },
    standing: async (dealId) => {
      const response = await caller.get(`/v1/deals/${dealId}`).expect(200);
      return (response.body as { registration: { standing: StandingBody } }).registration.standing;
    },
    post: (dealId, act, body = {}) => caller.post(`/v1/deals/${dealId}/${act}`, body),
  };
};

/** The answer of something that has to succeed for the scenario to go on. */
export const expectDone = (response: Response): Response => {
  if (response.status >= 300) throw new Error(`${response.status}: ${response.text}`);
  return response;
};

export const codeOf = ({ body }: Response): string => (body as { code: string }).code;

/** The codes that stand against a filing. */
export const codesOf = ({ body }: Response): readonly string[] =>
  (body as { facts: { failing: { code: string }[] } }).facts.failing.map(({ code }) => code);

/** A sale to a customer of its own, so that scenarios on one system do not meet. */
export const aSale = () => ({ customer: aCustomer(), productLine: 'Gateway' });
