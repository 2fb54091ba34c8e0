import type { Socket } from 'node:net';

import { problem, type Problem } from './problem';

const answers: Readonly<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: problem('REQUEST_TOO_SLOW', 408, 'The request did not arrive in time.', {
    remedy: 'Send it again over a faster connection, with the same Idempotency-Key.',
  }),
  HPE_HEADER_OVERFLOW: problem('HEADERS_TOO_LARGE', 431, 'The headers are larger than 16 KiB.', {
    remedy: 'Send fewer or shorter headers.',
  }),
};

const noHttp = problem('REQUEST_MALFORMED', 400, 'This is no HTTP request.', { remedy: 'Send HTTP/1.1.' });

/** Answers what never became a request: nobody but the socket is there to be answered. */
export const answerBrokenRequest = (error: { readonly code?: string }, socket: Socket): void => {
  if (socket.destroyed || error.code === 'ECONNRESET') return;
  const answer = answers[error.code ?? ''] ?? noHttp;
  const body = JSON.stringify(answer);
  if (socket.writable)
    socket.write(
      `HTTP/1.1 ${answer.status} ${answer.title}\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
    );
  socket.destroySoon();
};
