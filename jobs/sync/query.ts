import type { ClientBase } from 'pg';
import type { Query } from '#app/models/stale-mark.server.ts';

/** A connection of the sync, as a model takes it. */
export function queryOf(client: ClientBase): Query {
  return async (text, values) => (await client.query<Record<string, unknown>>(text, values)).rows;
}
