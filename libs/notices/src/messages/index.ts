export * from '../notice.events';
export * from '../notice.stream';
export * from '../template';
export { latestVersion } from '../texts';
