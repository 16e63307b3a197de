import { db } from '#app/lib/db.server.ts';

/** Tables that count or remember who came by, and nothing that anybody did. */
const unwatched = /rate_limit|_prisma_migrations/;

/** Columns that every look moves. */
const unwatchedColumns = { users: 'last_seen_at' } as Record<string, string>;

/** What an attempt leaves behind when it is refused, and what handing out an export does. */
const told = /refused$|exported$/;

/**
 * Everything that is written down, as a fingerprint a table; equal twice, nothing was written in between
 * but refusals and exports on the record.
 */
export async function readLedger(): Promise<Record<string, string>> {
  const tables = await db.$queryRaw<{ schema: string; name: string }[]>`
    SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
    WHERE table_schema IN ('public', 'pgboss') AND table_type = 'BASE TABLE'`;
  const ledger: Record<string, string> = { ...(await readEvents()) };
  for (const { schema, name } of tables) {
    if (unwatched.test(name) || name === 'audit_events') continue;
    if (schema === 'pgboss' && name !== 'job') continue;
    const [row] = await db.$queryRawUnsafe<{ print: string | null }[]>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(line, '' ORDER BY line)), '') AS print
       FROM (SELECT (to_jsonb(t) - '${unwatchedColumns[name] ?? ''}')::text AS line
             FROM "${schema}"."${name}" t) lines`,
    );
    ledger[name] = row?.print ?? '';
  }
  return ledger;
}

async function readEvents(): Promise<Record<string, string>> {
  const kinds = await db.auditEvent.groupBy({ by: ['kind'], _count: true });
  const acts = kinds.filter(({ kind }) => !told.test(kind));
  return Object.fromEntries(acts.map(({ kind, _count }) => [`event ${kind}`, String(_count)]));
}
