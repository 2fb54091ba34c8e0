import { badRequest } from '../failure';

export type FilterExpression = {
  readonly on: 'stream' | 'type';
  /** Wins over prefixes; empty where prefixes are meant. */
  readonly regex: string;
  readonly prefixes: readonly string[];
};

export type NameTest = (name: string) => boolean;

/** @throws CallFailed where the regular expression is none. */
export const nameTest = ({ regex, prefixes }: FilterExpression): NameTest => {
  if (regex === '') return (name) => prefixes.some((prefix) => name.startsWith(prefix));
  const pattern = compile(regex);
  return (name) => pattern.test(name);
};

const compile = (regex: string): RegExp => {
  try {
    return new RegExp(regex);
  } catch (error) {
    throw badRequest(`The filter's regular expression cannot be used: ${String(error)}`);
  }
};
