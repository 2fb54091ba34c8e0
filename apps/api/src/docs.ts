import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

import { withParameterExamples } from './parameter-examples';

const DESCRIPTION = `Every change is a fact in an immutable log. Send each \`POST\` with an \`Idempotency-Key\`: however often
it is sent, it takes effect once. The answer's \`Consistency-Token\`, sent with a \`GET\`, makes that answer show the change;
its \`ETag\`, sent as \`If-Match\`, makes the next change conditional. Errors are RFC 9457 problem details with a stable \`code\`.
Fields and parameters that are not described here are refused by name. A body holds up to 1 MiB, 5,000 fields and elements, and
arrives within 30 seconds; an upload within 5 minutes.`;

/** The API's description in OpenAPI 3.1. */
export const openApi = (app: INestApplication): OpenAPIObject =>
  withParameterExamples(
    SwaggerModule.createDocument(
      app,
      new DocumentBuilder()
        .setOpenAPIVersion('3.1.0')
        .setTitle('Tempore')
        .setDescription(DESCRIPTION)
        .setVersion('1')
        .addBearerAuth()
        .build(),
    ),
  );

/** Serves the description at `/openapi.json` and, to try it out, at `/docs`. */
export const serveDocs = (app: INestApplication): void =>
  SwaggerModule.setup('docs', app, () => openApi(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    swaggerOptions: { persistAuthorization: true },
  });
