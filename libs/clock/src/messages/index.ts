export * from '../clock.events';
export * from '../clock.stream';
