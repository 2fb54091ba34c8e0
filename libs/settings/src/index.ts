export * from './settings';
export { variables } from './variables';
