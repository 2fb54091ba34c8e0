import type { Problem } from './problem';

/** What is refused by a status of HTTP's own, before a command or a query is made of it. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';

  constructor(
    readonly code: string,
    readonly statusCode: number,
    message: string,
    readonly details: Pick<Problem, 'remedy'>,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
