/** Category of the simulated clock's stream. */
export const CLOCK = 'clock';

/** Subject of the one stream it has: `clock-simulated`. */
export const SIMULATED = 'simulated';
