import 'reflect-metadata';

import { writeFileSync } from 'node:fs';

import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';

import { controllers } from '../apps/api/src/api.module';
import { openApi } from '../apps/api/src/docs';

/** Writes the API's description to a file. It is made of the routes alone, so nothing behind them is started. */
const describeApi = async (file: string): Promise<void> => {
  const routes = await Test.createTestingModule({ controllers })
    .useMocker(() => ({}))
    .compile();
  const app = routes.createNestApplication(new FastifyAdapter(), { logger: false });
  writeFileSync(file, JSON.stringify(openApi(app), null, 2));
};

const [, , file] = process.argv;
if (file === undefined) throw new Error('Say which file to write: node openapi.js <file>');
void describeApi(file);
