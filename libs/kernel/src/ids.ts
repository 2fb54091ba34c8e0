import { createHmac, type KeyObject } from 'node:crypto';

import { parse, stringify, v5, validate, version } from 'uuid';
import { z } from 'zod';

/** The root from which every derived id of this product descends (RFC 9562, version 5). */
const TEMPORE = parse(v5('tempore', v5.URL));

/** Each command derives several ids: as bytes the library takes a text in a fraction of the time. */
const utf8 = new TextEncoder();

/** The same parts give the same id, on every machine and for ever. */
export const deriveId = (...parts: readonly [string, ...string[]]): string =>
  v5(utf8.encode(JSON.stringify(parts)), TEMPORE);

export const idSchema = z.guid();

/** The version of an id whose making is nobody else's business (RFC 9562, 5.8). */
const KEYED = 8;

/** The same parts give the same id under one key, and whoever lacks it computes none. */
export const keyedId = (key: KeyObject, ...parts: readonly [string, ...string[]]): string => {
  const bytes = createHmac('sha256', key).update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (KEYED << 4), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return stringify(bytes);
};

export const isKeyedId = (id: string): boolean => validate(id) && version(id) === KEYED;
