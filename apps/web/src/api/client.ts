import createClient, { type Middleware } from 'openapi-fetch';

import { isProblem, NoAnswer, Refused } from './problem';
import type { components, paths } from './schema';
import { signInAgain } from './signing-in';

export type Schemas = components['schemas'];

const TOKEN = 'Consistency-Token';

/** How far reads have to be to show what was done last in this window. In memory alone. */
let seen: string | undefined;

const fresh: Middleware = {
  onRequest: ({ request }) => {
    if (seen !== undefined && request.method === 'GET') request.headers.set(TOKEN, seen);
  },
  onResponse: ({ request, response }) => {
    if (request.method !== 'GET') seen = response.headers.get(TOKEN) ?? seen;
  },
};

export const api = createClient<paths>({ baseUrl: '/' });
api.use(fresh);

interface Answered<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * What the API answered. Throws `Refused` where it refused, `NoAnswer` where nobody knows; whose session has ended is sent
 * to sign in, and comes back.
 */
export const answerOf = async <Data>(asked: Promise<Answered<Data>>): Promise<Data> => {
  const { data, error, response } = await asked.catch((lost: unknown) => {
    throw new NoAnswer(String(lost));
  });
  if (response.ok) return data as Data;
  if (response.status === 401) return signInAgain();
  if (isProblem(error)) throw new Refused(error);
  throw new NoAnswer(`The answer was ${response.status}, and none of the API's`);
};
