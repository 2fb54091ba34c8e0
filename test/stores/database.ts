import { randomUUID } from 'node:crypto';

import { Client, escapeIdentifier } from 'pg';

import { variable } from './variable';

/** The PostgreSQL of the run. It may hold other data: work in a database or schema of your own. */
export const databaseUrl = (): string => variable('DATABASE_URL');

export interface Database {
  readonly url: string;
  /** Ends whoever is still connected. */
  readonly drop: () => Promise<void>;
}

/** A new, empty database on the server of the run. */
export const freshDatabase = async (): Promise<Database> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(`create database ${escapeIdentifier(name)}`);
  const url = new URL(databaseUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`drop database if exists ${escapeIdentifier(name)} with (force)`) };
};

const administer = async (sql: string): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl() });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end();
  }
};
