/** What other rooms may know of the programme. */
export * from '../calendar';
export * from '../lines.events';
export * from '../lines.stream';
export * from '../policy';
export * from '../policy.events';
export * from '../policy.stream';
export * from '../rates.events';
export * from '../rates.stream';
export * from '../visibility.events';
export * from '../visibility.stream';
