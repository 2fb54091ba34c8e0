import { createSecretKey, randomBytes } from 'node:crypto';

import fc from 'fast-check';

import { open, type Place, seal, SealBroken, type SealedValue } from '.';

const key = () => fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => createSecretKey(bytes));
const value = fc.string({ unit: 'grapheme', maxLength: 200 });
const place: fc.Arbitrary<Place> = fc.record({
  owner: fc.uuid().map((id) => `person/${id}`),
  path: fc.constantFrom('name', 'email', 'phone', 'na'),
});
const command = fc.uuid();

it('whatever is sealed opens again with its key, in its place', () => {
  fc.assert(
    fc.property(key(), place, value, command, (k, at, text, id) => {
      expect(open(k, at, seal(k, at, text, id))).toBe(text);
    }),
  );
});

it('a command that is sent again seals to the same bytes; another command, value or place to others', () => {
  fc.assert(
    fc.property(key(), place, value, command, command, (k, at, text, id, other) => {
      const sealed = seal(k, at, text, id);
      const others = [
        seal(k, at, `${text}.`, id),
        seal(k, { ...at, path: `${at.path}.` }, text, id),
        seal(k, { ...at, owner: `${at.owner}.` }, text, id),
        ...(id === other ? [] : [seal(k, at, text, other)]),
      ];
      expect(seal(k, at, text, id)).toEqual(sealed);
      for (const { ciphertext, commitment } of others) {
        expect(ciphertext).not.toBe(sealed.ciphertext);
        expect(commitment).not.toBe(sealed.commitment);
        // The first bytes hold the IV: the same one never serves two different values.
        expect(ciphertext.slice(0, 17)).not.toBe(sealed.ciphertext.slice(0, 17));
      }
    }),
  );
});

it('another person’s key never opens it, nor does it open as another’s or as another field', () => {
  fc.assert(
    fc.property(key(), key(), place, value, command, (k, stranger, at, text, id) => {
      const sealed = seal(k, at, text, id);
      fc.pre(!k.equals(stranger));
      expect(() => open(stranger, at, sealed)).toThrow(SealBroken);
      expect(() => open(k, { ...at, owner: 'person/other' }, sealed)).toThrow(SealBroken);
      expect(() => open(k, { ...at, path: 'other' }, sealed)).toThrow(SealBroken);
    }),
  );
});

it('whichever byte of ciphertext or commitment is changed, it is refused', () => {
  const changed = (encoded: string, encoding: 'base64url' | 'hex', at: number, flip: number): string => {
    const bytes = Buffer.from(encoded, encoding);
    bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip;
    return bytes.toString(encoding);
  };
  fc.assert(
    fc.property(
      key(),
      place,
      value,
      command,
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (k, at, text, id, n, flip) => {
        const sealed = seal(k, at, text, id);
        const broken: readonly SealedValue[] = [
          { ...sealed, ciphertext: changed(sealed.ciphertext, 'base64url', n, flip) },
          { ...sealed, commitment: changed(sealed.commitment, 'hex', n, flip) },
        ];
        for (const one of broken) expect(() => open(k, at, one)).toThrow(SealBroken);
      },
    ),
  );
});

it('the commitment binds the value: another value under the same key, place and command has another', () => {
  fc.assert(
    fc.property(key(), place, value, value, command, (k, at, text, other, id) => {
      fc.pre(text !== other);
      expect(() => open(k, at, { ...seal(k, at, text, id), commitment: seal(k, at, other, id).commitment })).toThrow(
        SealBroken,
      );
    }),
  );
});

it.each(['', 'AQ', 'A'.repeat(40)])('given "%s" for a ciphertext, then it is refused', (ciphertext) => {
  const k = createSecretKey(randomBytes(32));
  expect(() => open(k, { owner: 'person/1', path: 'name' }, { ciphertext, commitment: '0'.repeat(64) })).toThrow(
    SealBroken,
  );
});

it('given a short name and a longer one, then their ciphertexts have one length', () => {
  const k = createSecretKey(randomBytes(32));
  const lengthOf = (name: string) => seal(k, { owner: 'person/1', path: 'name' }, name, 'command').ciphertext.length;
  expect(lengthOf('Li')).toBe(lengthOf('Maximiliane Musterfrau'));
});
