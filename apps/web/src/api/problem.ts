/** What the API refuses with (RFC 9457), as far as pages show it. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly remedy?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  /** By which the server's log knows the request. */
  readonly instance?: string;
}

/** The API answered, and what it answered is a refusal. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** No answer came, or none of the API's: what was sent may have been carried out. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

export const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
