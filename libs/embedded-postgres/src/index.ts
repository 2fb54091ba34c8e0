export { erasePostgres, startPostgres, type Postgres, type StartPostgres } from './start';
export { type PostgresExit } from './server';
