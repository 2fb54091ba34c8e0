import type { FieldError, Refusal, RefusalDetails, RefusalKind } from '@tempore/kernel';

/** RFC 9457 problem details, with a code that never changes and what to do about it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly remedy?: string;
  readonly facts?: RefusalDetails['facts'];
  /** Of a request whose body or query is wrong: every field at fault. */
  readonly errors?: readonly FieldError[];
  /** Identifies the request in the server's log. */
  readonly instance?: string;
}

export const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  stale: 412,
  limited: 429,
  unavailable: 503,
};

const title = (code: string): string => {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const problem = (code: string, status: number, detail: string, more: Partial<Problem> = {}): Problem => ({
  type: `urn:tempore:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  title: title(code),
  status,
  detail,
  code,
  ...more,
});

export const problemOf = ({ code, kind, message, details }: Refusal): Problem =>
  problem(code, STATUS[kind], message, { ...REMEDY[kind], ...details });

/** Where a refusal says no more: who asks for what is not theirs hears the same as for what is not there. */
const REMEDY: Readonly<Partial<Record<RefusalKind, Pick<Problem, 'remedy'>>>> = {
  forbidden: { remedy: 'Ask as somebody who may, or have somebody do it who may.' },
  'not-found': { remedy: 'Check the id: you find what you may see in the lists.' },
};
