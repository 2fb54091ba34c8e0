/** Injection token of the log itself, for acts that have to look at it beside the runner. */
export const EVENT_STORE = Symbol('EVENT_STORE');
