/** The file or the mapping cannot be used: the message says where, what is wrong, and what to do about it. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
