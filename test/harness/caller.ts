import { randomUUID } from 'node:crypto';

import request, { type Response, type Test } from 'supertest';

/** Of what a command was about. */
export const idOf = ({ body }: Response): string => (body as { id: string }).id;

/** Somebody who asks the API over HTTP, and sees what they did themselves. */
export class Caller {
  private seen: string | undefined;

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** The same person at another API process. */
  at(url: string): Caller {
    return new Caller(url, this.token);
  }

  get(path: string): Test {
    const test = request(this.url).get(path).auth(this.token, { type: 'bearer' });
    return this.seen ? test.set('consistency-token', this.seen) : test;
  }

  /** Hands in a document, and answers its id. */
  async handIn(text = 'Minutes of the meeting'): Promise<string> {
    const response = await request(this.url)
      .post('/v1/documents')
      .auth(this.token, { type: 'bearer' })
      .set('idempotency-key', randomUUID())
      .attach('file', Buffer.from(text), { filename: 'minutes.txt', contentType: 'text/plain' })
      .expect(201);
    return idOf(response);
  }

  /** Sends a command under a fresh key, or the one given, and remembers how far reads have to be from now on. */
  async post(path: string, body: object = {}, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const response = await request(this.url)
      .post(path)
      .auth(this.token, { type: 'bearer' })
      .set({ 'idempotency-key': randomUUID(), ...headers })
      .send(body);
    this.seen = response.get('consistency-token') ?? this.seen;
    return response;
  }
}
