import { afterAll, beforeAll, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';

const setZone = (zone: string) =>
  pool.query(
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET TimeZone = %L', current_database(), '${zone}'); END $$`,
  );

beforeAll(() => setZone('Asia/Tokyo'));
afterAll(() => setZone('UTC'));

it('every connection is in UTC, whatever zone the database is set to', async () => {
  // More than there are at rest, so that some are opened after the zone was set.
  const clients = await Promise.all(Array.from({ length: 8 }, () => pool.connect()));
  const zones = await Promise.all(
    clients.map(async (client) => {
      const { rows } = await client.query<{ TimeZone: string }>('SHOW TimeZone');
      return rows[0]?.TimeZone;
    }),
  );
  for (const client of clients) client.release();
  expect(new Set(zones)).toEqual(new Set(['UTC']));
});

it('a time is stored as the moment it is', async () => {
  const lastSeenAt = new Date('2026-11-25T12:34:56.789Z');
  const write = () =>
    db.user.create({
      data: { oryIdentityId: crypto.randomUUID(), lastSeenAt },
      select: { id: true },
    });
  const people = await Promise.all(Array.from({ length: 8 }, write));
  const { rows } = await pool.query<{ moment: string }>(
    `SELECT DISTINCT extract(epoch FROM last_seen_at)::text AS moment FROM users WHERE id = ANY ($1)`,
    [people.map(({ id }) => id)],
  );
  expect(rows.map(({ moment }) => Number(moment) * 1000)).toEqual([lastSeenAt.getTime()]);
});
