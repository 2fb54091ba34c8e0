import { isNativeError } from 'node:util/types';

/** Whether the error is one of the operating system's with one of these codes. */
export const isErrno = (error: unknown, ...codes: readonly string[]): boolean =>
  isNativeError(error) && 'code' in error && codes.includes(String(error.code));
