import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { RefusedRequest } from '../problems/refused-request';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes a form with a file in place of JSON. */
    takesForm?: true;
  }
}

/** A route to which files are uploaded. */
export const TakesForm = (): MethodDecorator => RouteConfig({ takesForm: true });

export const takesForm = ({ routeOptions }: FastifyRequest): boolean => routeOptions.config.takesForm === true;

const FORM = /^multipart\/form-data\b/i;

/** A form goes to the routes that take one, and nothing else does: the parsers of both stand ready for every route. */
export const expectMediaTypes = (fastify: FastifyInstance): void => {
  fastify.addHook('preParsing', (request, _reply, _payload, done) => {
    const type = request.headers['content-type'];
    if (type === undefined || FORM.test(type) === takesForm(request)) done();
    else done(unsupported(request, type));
  });
};

const unsupported = (request: FastifyRequest, type: string): RefusedRequest =>
  new RefusedRequest('MEDIA_TYPE_UNSUPPORTED', 415, `This address takes no ${type.slice(0, 100)}.`, {
    remedy: takesForm(request) ? 'Send multipart/form-data.' : 'Send application/json.',
  });
