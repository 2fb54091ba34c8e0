export { DealPage } from './deal-page';
export { Home } from './home';
