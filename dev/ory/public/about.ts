import { randomUUID } from 'node:crypto';
import { noSuchThing, notFound } from '../errors.ts';
import { json, type Exchange, type Reply } from '../http.ts';
import { schema, schemaId } from '../schema.ts';

export const health = (): Reply => json(200, { status: 'ok' });

export const version = (): Reply => json(200, { version: 'v26.2.0-standin' });

/** GET /schemas/{id}; the id as it is, or in base64url as identities carry it in `schema_url`. */
export function getSchema({ params }: Exchange): Reply {
  const id = params['id'] ?? '';
  const decoded = Buffer.from(id, 'base64url').toString('utf8');
  if (id !== schemaId && decoded !== schemaId) {
    throw noSuchThing(`Identity schema \`${id}\` could not be found.`);
  }
  return json(200, schema);
}

export const listSchemas = (): Reply =>
  json(200, [{ id: schemaId, schema }], {
    'X-Total-Count': '1',
    Link: '</schemas?page=0&page_size=1&page_token=0&per_page=1>; rel="first"',
  });

/** GET /self-service/errors?id= : what went wrong, for the error page. `stub:500` always exists. */
export function getError(exchange: Exchange): Reply {
  const id = exchange.query('id') ?? '';
  if (id === 'stub:500') {
    const error = {
      code: 500,
      status: 'Internal Server Error',
      reason: 'This is a stub error.',
      message: 'Something went wrong inside the identity server',
    };
    const never = '0001-01-01T00:00:00Z';
    return json(200, { id: randomUUID(), error, created_at: never, updated_at: never });
  }
  const stored = exchange.service.store.errors.get(id);
  if (!stored) throw notFound();
  return json(200, stored);
}
