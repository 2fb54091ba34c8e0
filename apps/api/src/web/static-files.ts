import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

/** Whatever a page loads, it loads from here; no script, style or frame comes from elsewhere, and no text becomes HTML. */
const CONTENT_SECURITY_POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self' data:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `form-action 'self'`,
  `base-uri 'none'`,
  `frame-ancestors 'none'`,
  `object-src 'none'`,
  `require-trusted-types-for 'script'`,
  'trusted-types default',
].join('; ');

const PAGE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'same-origin',
};

/** What is no page of the portal. */
const NO_PAGE = /^\/(v1|auth|docs|openapi\.json|schemas|health|metrics|assets)(\/|$)/;

/** The folder that the build put the portal into; undefined where it has not been built. */
const builtPortal = (): string | undefined => {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder) return undefined;
    folder = dirname(folder);
  }
  const built = join(folder, 'dist/web');
  return existsSync(join(built, 'index.html')) ? built : undefined;
};

/**
 * Serves the portal: its files under `/assets`, which never change, and its one page to every browser that goes to an
 * address of no other kind; the page knows its own addresses.
 */
export const serveWeb = async (fastify: FastifyInstance, { logger }: { readonly logger: Logger }): Promise<void> => {
  const folder = builtPortal();
  if (folder === undefined) {
    logger.warn('the portal is not served: it has not been built. Run `npm run build`');
    return;
  }
  const page = readPage(folder);
  fastify.addHook('onRequest', async (request, reply) => {
    if (isNavigation(request)) return page(request, reply);
  });
  await fastify.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    index: false,
    decorateReply: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply) => {
      void reply.header('cache-control', 'public, max-age=31536000, immutable');
    },
  });
};

const isNavigation = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  headers.accept?.includes('text/html') === true &&
  !NO_PAGE.test(url.split('?')[0] ?? '');

const readPage = (folder: string): ((request: FastifyRequest, reply: FastifyReply) => FastifyReply) => {
  const [plain, compressed] = [readFileSync(join(folder, 'index.html')), readFileSync(join(folder, 'index.html.br'))];
  return ({ headers }, reply) => {
    const takesBrotli = /\bbr\b/.test(headers['accept-encoding']?.toString() ?? '');
    void reply.headers({
      ...PAGE_HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      vary: 'accept, accept-encoding',
      ...(takesBrotli ? { 'content-encoding': 'br' } : {}),
    });
    return reply.send(takesBrotli ? compressed : plain);
  };
};
