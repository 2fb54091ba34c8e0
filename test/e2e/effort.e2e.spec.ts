import { dealContentSchema } from '@tempore/deals';
import canonicalize from 'canonicalize';

import { effortOf } from '../harness/effort';
import { aCustomer, aDeal, type ActingPartner, enrol } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';

// What is hashed is written out by it.
jest.mock('canonicalize', () => jest.fn(jest.requireActual('canonicalize')));

let system: System;
let partner: ActingPartner;

beforeAll(async () => {
  system = await startSystem();
  partner = await enrol(system);
});
afterAll(() => system.stop());

/** Registers one line, with the document that shows the first touch. */
const registering = async ({ caller }: ActingPartner, given: Readonly<Record<string, unknown>> = {}) => {
  const { productLine, type, value, ...shared } = aDeal(await caller.handIn(), given);
  return async () => {
    const answer = await caller.post('/v1/registrations', { ...shared, lines: [{ productLine, type, value }] });
    const { registrations } = answer.body as { registrations: { standing: { status: string } }[] };
    expect(registrations[0]?.standing.status).toBe('submitted');
  };
};

const kindsOf = (streams: readonly string[]): readonly string[] => streams.map((stream) => stream.split('-')[0] ?? '');

describe('what the registration of one line takes', () => {
  it('given a new customer, then each stream is read once, the customer again once the line is filed', async () => {
    await (
      await registering(partner)
    )();
    const { reads, appends, statements } = await effortOf(system.stores.eventStore, await registering(partner));

    expect(kindsOf(appends)).toEqual(['deal', 'accountkey', 'account', 'docket', 'deal', 'docket']);
    expect(kindsOf(reads).toSorted()).toEqual(
      ['account', 'account', 'accountkey', 'deal', 'document', 'lines', 'partner', 'policy', 'rates'].toSorted(),
    );
    expect(statements).toHaveLength(8);
  });

  it('given a customer that is known by another line, then its docket is read too, and no more', async () => {
    const customer = aCustomer();
    await (
      await registering(await enrol(system), { customer })
    )();
    const another = await registering(partner, { customer, productLine: 'Sensor' });
    const { reads, statements } = await effortOf(system.stores.eventStore, another);

    expect(reads).toHaveLength(10);
    expect(statements).toHaveLength(8);
  });

  it('then what was sent is hashed once as a request and once as the content of the deal, and checked once', async () => {
    const register = await registering(partner);
    const check = jest.spyOn(dealContentSchema, 'safeParse');
    jest.mocked(canonicalize).mockClear();
    await register();

    expect(canonicalize).toHaveBeenCalledTimes(2);
    expect(check).toHaveBeenCalledTimes(1);
  });
});
