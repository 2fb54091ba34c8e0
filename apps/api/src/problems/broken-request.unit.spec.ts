import type { Socket } from 'node:net';

import { answerBrokenRequest } from './broken-request';

/** What a client reads that broke off with a fault. */
const answerTo = (code: string | undefined, state: Partial<Pick<Socket, 'destroyed' | 'writable'>> = {}) => {
  let written = '';
  let isClosed = false;
  const socket = {
    destroyed: false,
    writable: true,
    write: (text: string) => (written += text),
    destroySoon: () => (isClosed = true),
    ...state,
  } as unknown as Socket;
  answerBrokenRequest({ ...(code !== undefined && { code }) }, socket);
  return { written, isClosed };
};

it.each([
  ['ERR_HTTP_REQUEST_TIMEOUT', 408, 'REQUEST_TOO_SLOW'],
  ['HPE_HEADER_OVERFLOW', 431, 'HEADERS_TOO_LARGE'],
  ['HPE_INVALID_METHOD', 400, 'REQUEST_MALFORMED'],
  [undefined, 400, 'REQUEST_MALFORMED'],
])(
  'given a request that fails with %s, then it is answered %d as %s, and the connection closed',
  (fault, status, code) => {
    const { written, isClosed } = answerTo(fault);
    const [head = '', body = ''] = written.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toContain('Content-Type: application/problem+json; charset=utf-8');
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
    expect(JSON.parse(body)).toMatchObject({ code, status, remedy: expect.any(String) as string });
    expect(isClosed).toBe(true);
  },
);

it('given a client that is gone, then nobody is answered', () => {
  expect(answerTo('ECONNRESET')).toEqual({ written: '', isClosed: false });
  expect(answerTo('HPE_HEADER_OVERFLOW', { destroyed: true })).toEqual({ written: '', isClosed: false });
  expect(answerTo('HPE_HEADER_OVERFLOW', { writable: false })).toEqual({ written: '', isClosed: true });
});
