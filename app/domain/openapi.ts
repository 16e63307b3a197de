import { mayCall, operations, type Operation } from './api-operations.ts';
import { apiSchemas, bare, type SchemaName } from './api-schemas.ts';

/** The API in OpenAPI 3.1, `server` being the address of this BQS and `sessionCookie` its name for it. */
export function describeApi(server: string, sessionCookie: string) {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations)
    (paths[operation.path] ??= {})[operation.method] = describe(operation);
  return {
    openapi: '3.1.0',
    info: { title: 'BQS', version: '1', description: 'Errors are problem JSON (RFC 9457).' },
    servers: [{ url: server }],
    security: [{ session: [] }, { bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
        bearer: { type: 'http', scheme: 'bearer', description: 'An Ory session token.' },
      },
      schemas: Object.fromEntries(
        Object.entries(apiSchemas).map(([name, schema]) => [name, bare(schema)]),
      ),
    },
  };
}

function describe(operation: Operation) {
  const common = {
    401: { words: 'Not signed in' },
    403: { words: 'Not permitted' },
    431: { words: 'The address is too long' },
  };
  const answers: Operation['answers'] = { ...common, ...operation.answers };
  return {
    summary: operation.summary,
    description: `Needs \`${operation.permission}\`: ${mayCall(operation)}.`,
    parameters: operation.parameters,
    ...(operation.body && { requestBody: { required: true, content: json(operation.body) } }),
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, { words, schema }]) => [
        status,
        answer(Number(status), words, schema),
      ]),
    ),
  };
}

function answer(status: number, description: string, schema?: SchemaName) {
  if (status >= 400) return { description, content: json('Problem', 'application/problem+json') };
  return schema ? { description, content: json(schema) } : { description };
}

function json(schema: SchemaName, type = 'application/json') {
  return { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } };
}
