import { type ServerWritableStream } from '@grpc/grpc-js';

/** The sending side of a reading call. Nothing is sent faster than the caller takes it. */
export class Outlet<Request> {
  private resume: (() => void) | undefined;
  private ended = false;
  private readonly onClose: (() => void)[] = [];

  constructor(private readonly call: ServerWritableStream<Request, Buffer>) {
    call.on('drain', () => this.resume?.());
    call.on('cancelled', () => this.close());
    call.on('error', () => this.close());
  }

  isClosed(): boolean {
    return this.ended;
  }

  /** Tells when the caller is gone or the call was ended from elsewhere. */
  whenClosed(listener: () => void): void {
    if (this.ended) listener();
    else this.onClose.push(listener);
  }

  /** @returns whether the caller still listens; waits until it has room for more. */
  async send(message: Buffer): Promise<boolean> {
    if (this.ended) return false;
    if (!this.call.write(message)) await new Promise<void>((resolve) => (this.resume = resolve));
    return !this.ended;
  }

  private close(): void {
    this.ended = true;
    this.resume?.();
    for (const listener of this.onClose.splice(0)) listener();
  }
}
