import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What becomes of bytes in one direction: `hold` keeps them until they may pass, `swallow` loses them for good. */
export type Treatment = 'pass' | 'hold' | 'swallow';

/** A wire between a client and a store on this machine, to be tampered with. */
export interface Proxy {
  readonly port: number;
  /** Connections that were made so far. */
  readonly connections: () => number;
  /** Bytes of answers that got through so far. */
  readonly answered: () => number;
  /** Treats the connections that are open now; later ones pass. */
  readonly treat: (directions: { readonly requests?: Treatment; readonly answers?: Treatment }) => void;
  /** Breaks each later connection once so many bytes of answers got through on it; none where undefined. */
  readonly cutAfter: (bytes: number | undefined) => void;
  /** Breaks all connections; new ones are accepted. */
  readonly cut: () => void;
  /** Ends the answering half of all connections. Requests still get through. */
  readonly halfClose: () => void;
  /** Breaks all connections and accepts no more. */
  readonly close: () => Promise<void>;
}

/** One direction of one connection. */
class Lane {
  private treatment: Treatment = 'pass';
  private held: Buffer[] = [];

  constructor(
    from: Socket,
    private readonly to: Socket,
    onPass: (bytes: number) => void,
  ) {
    from.on('data', (bytes) => {
      if (this.treatment === 'hold') this.held.push(bytes);
      if (this.treatment !== 'pass') return;
      onPass(bytes.length);
      // Who sends faster than the other side takes it is made to wait, as on any wire.
      if (to.write(bytes)) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
    from.on('end', () => to.end());
    from.on('close', () => to.destroy());
    from.on('error', () => to.destroy());
  }

  treat(treatment: Treatment): void {
    // What was lost stays lost: on no wire do later bytes arrive where earlier ones did not.
    if (this.treatment === 'swallow') return;
    this.treatment = treatment;
    if (treatment !== 'hold') for (const bytes of this.held.splice(0)) if (treatment === 'pass') this.to.write(bytes);
  }
}

interface Connection {
  readonly client: Socket;
  readonly requests: Lane;
  readonly answers: Lane;
}

export const startProxy = async (targetPort: number): Promise<Proxy> => {
  const connections = new Set<Connection>();
  let made = 0;
  let answered = 0;
  let cutAfter: number | undefined;
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const target = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
    let left = cutAfter ?? Infinity;
    const connection = {
      client,
      requests: new Lane(client, target, () => undefined),
      answers: new Lane(target, client, (bytes) => (answered += bytes)),
    };
    target.on('data', ({ length }) => {
      left -= length;
      if (left <= 0) client.destroy();
    });
    made++;
    connections.add(connection);
    client.on('close', () => connections.delete(connection));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const { client } of connections) client.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => made,
    answered: () => answered,
    treat: (directions) => {
      for (const { requests, answers } of connections) {
        if (directions.requests) requests.treat(directions.requests);
        if (directions.answers) answers.treat(directions.answers);
      }
    },
    cutAfter: (bytes) => {
      cutAfter = bytes;
    },
    cut,
    halfClose: () => {
      for (const { client } of connections) client.end();
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
};
