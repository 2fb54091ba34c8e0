import { parse, v5 } from 'uuid';
import { z } from 'zod';

/** The root from which every derived id of this product descends (RFC 9562, version 5). */
const TEMPORE = parse(v5('tempore', v5.URL));

/** Each command derives several ids: as bytes the library takes a text in a fraction of the time. */
const utf8 = new TextEncoder();

/** The same parts give the same id, on every machine and for ever. */
export const deriveId = (...parts: readonly [string, ...string[]]): string =>
  v5(utf8.encode(JSON.stringify(parts)), TEMPORE);

export const idSchema = z.guid();
