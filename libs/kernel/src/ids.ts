import { v5 } from 'uuid';
import { z } from 'zod';

/** The root from which every derived id of this product descends (RFC 9562, version 5). */
const TEMPORE = v5('tempore', v5.URL);

/** The same parts give the same id, on every machine and for ever. */
export const deriveId = (...parts: readonly [string, ...string[]]): string => v5(JSON.stringify(parts), TEMPORE);

export const idSchema = z.guid();
