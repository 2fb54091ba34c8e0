import { InvalidFields, Refusal } from '@tempore/kernel';

import { readJson } from './json-body';

const refusalOf = (body: string | Buffer): string => {
  try {
    return JSON.stringify(readJson(Buffer.from(body)));
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    if (error instanceof InvalidFields) return error.message;
    throw error;
  }
};

it('given JSON in UTF-8, with or without its mark, then it is what was sent', () => {
  expect(refusalOf('\ufeff{"name":"Ørsted 株式会社 🚀"}')).toBe('{"name":"Ørsted 株式会社 🚀"}');
  expect(refusalOf(' {"a":[{"b":"}],{"},1.5,true,null]}\n')).toBe('{"a":[{"b":"}],{"},1.5,true,null]}');
});

it.each([
  ['Latin 1', Buffer.from('{"name":"Ørsted"}', 'latin1'), 'BODY_NOT_UTF8'],
  ['UTF-16', Buffer.from('{"name":"Ørsted"}', 'utf16le'), 'BODY_NOT_UTF8'],
  ['a character cut off at the end', Buffer.from('{"name":"Ø').subarray(0, -1), 'BODY_NOT_UTF8'],
  ['half an object', '{"name":', 'BODY_MALFORMED'],
  ['a text', '"name"', 'Not acceptable: body must be an object.'],
  ['a list', '[]', 'Not acceptable: body must be an object.'],
  ['nothing', 'null', 'Not acceptable: body must be an object.'],
])('given %s, then it is refused', (_, body, code) => expect(refusalOf(body)).toBe(code));

it.each(Object.getOwnPropertyNames(Object.prototype))(
  'given the field %s, which every object has, then it is not known',
  (name) => {
    expect(refusalOf(`{"${name}":1}`)).toBe(`Not acceptable: ${name} is not known here.`);
    expect(refusalOf(`{"a":[{"${name}":{}}]}`)).toBe(`Not acceptable: a.0.${name} is not known here.`);
  },
);
