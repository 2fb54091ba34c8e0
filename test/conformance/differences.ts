/**
 * Recorded conversations in which the embedded node answers otherwise than the server did, by name, each with the
 * reason; `libs/embedded-eventstore/README.md` names the same. There are none.
 */
export const DIFFERENCES: Readonly<Record<string, string>> = {};
