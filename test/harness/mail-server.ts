import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { SMTPServer } from 'smtp-server';

export interface TakenMail {
  readonly to: string;
  readonly messageId: string;
  readonly source: string;
}

export interface MailServer {
  readonly url: string;
  /** Everything that it has taken, also where its answer was lost. */
  readonly taken: readonly TakenMail[];
  stop(): Promise<void>;
}

const refusal = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

/**
 * A mail server for tests. It knows nobody called `unknown`, and takes each mail to somebody called `lost` once
 * without ever saying so: the connection breaks before its answer.
 */
export const startMailServer = async (): Promise<MailServer> => {
  const taken: TakenMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _, answer) => {
      answer(address.startsWith('unknown@') ? refusal(550, `5.1.1 <${address}> is not known here`) : null);
    },
    onData: (stream, { envelope }, answer) => {
      void text(stream).then((source) => {
        const [to = ''] = envelope.rcptTo.map(({ address }) => address);
        const messageId = /^message-id: (.*)$/im.exec(source)?.[1] ?? '';
        const first = !taken.some((mail) => mail.messageId === messageId);
        taken.push({ to, messageId, source });
        answer(to.startsWith('lost@') && first ? refusal(421, '4.4.2 the connection broke') : null);
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    stop: () =>
      new Promise((stopped) => {
        server.close(stopped);
      }),
  };
};
