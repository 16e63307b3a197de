import { auditKinds, type AuditKind } from '#app/domain/audit.ts';
import type { AuditFilter } from '#app/domain/audit-filter.ts';
import { dayAfter } from '#app/domain/day.ts';
import type { CriterionNames } from '#app/domain/event-words.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { criterionNamesOf } from './criterion-name.server.ts';

export interface AuditEntry {
  id: string;
  at: Date;
  kind: string;
  actor: { id: string | null; name: string };
  subject: { type: string; id: string; name: string | null };
  data: Record<string, unknown>;
  /** Of the criteria that `data` gives by code. */
  criteria: CriterionNames;
  requestId: string | null;
}

const pageSize = 50;
const batchSize = 1000;

/** Audit events, the newest first, a page at a time; `before` is the id of the last of the page before. */
export async function listAuditEvents(
  db: Db,
  { before, ...filter }: Partial<AuditFilter> & { before: bigint | null },
): Promise<{ events: AuditEntry[]; next: string | null }> {
  const rows = await db.auditEvent.findMany({
    where: { AND: [predicate(filter), before === null ? {} : { id: { lt: before } }] },
    orderBy: { id: 'desc' },
    take: pageSize + 1,
  });
  const page = rows.slice(0, pageSize);
  return {
    events: await toEntries(db, page),
    next: rows.length > pageSize ? String(page.at(-1)?.id) : null,
  };
}

/** How many events a filter finds, and the newest of them; since none ever goes, both stay true. */
export async function measureAudit(
  db: Db,
  filter: AuditFilter,
): Promise<{ rows: number; upTo: bigint }> {
  const { _count, _max } = await db.auditEvent.aggregate({
    where: predicate(filter),
    _count: true,
    _max: { id: true },
  });
  return { rows: _count, upTo: _max.id ?? 0n };
}

/** All that a filter finds up to an event, the newest first, a batch at a time so that memory stays flat. */
export async function* streamAuditEvents(
  db: Db,
  filter: AuditFilter,
  upTo: bigint,
): AsyncGenerator<AuditEntry> {
  for (let below = upTo + 1n; ;) {
    const rows = await db.auditEvent.findMany({
      where: { AND: [predicate(filter), { id: { lt: below } }] },
      orderBy: { id: 'desc' },
      take: batchSize,
    });
    yield* await toEntries(db, rows);
    const last = rows.at(-1);
    if (!last || rows.length < batchSize) return;
    below = last.id;
  }
}

/** Everybody an audit event names as its actor and who is still in BQS, by name. */
export async function listAuditActors(db: Db): Promise<{ id: string; name: string }[]> {
  const rows = await db.$queryRaw<{ id: string; name: string | null }[]>`
    SELECT id, coalesce(name, email) AS name FROM users
    WHERE EXISTS (SELECT FROM audit_events WHERE actor_id = users.id)
    ORDER BY 2, 1 LIMIT 200`;
  return rows.map(({ id, name }) => ({ id, name: name ?? id }));
}

/** Whether a text from outside is a kind of event. */
export function isAuditKind(value: string): value is AuditKind {
  return auditKinds.some((kind) => kind === value);
}

function predicate(filter: Partial<AuditFilter>): Prisma.AuditEventWhereInput {
  const { kind, actor, subject, since, until, name } = filter;
  const named = name && { contains: name, mode: 'insensitive' as const };
  return {
    ...(kind && { kind }),
    ...(actor && { actorId: actor === 'BQS' ? null : actor }),
    ...(subject && {
      subjectType: subject.type,
      ...(subject.id !== null && { subjectId: subject.id }),
    }),
    ...((since || until) && {
      at: { ...(since && { gte: new Date(since) }), ...(until && { lt: dayAfter(until) }) },
    }),
    ...(named && { OR: [{ subjectName: named }, { actorName: named }] }),
  };
}

type Row = Prisma.AuditEventGetPayload<object>;

async function toEntries(db: Db, rows: Row[]): Promise<AuditEntry[]> {
  const names = await criterionNamesOf(db, rows);
  return rows.map((row) => ({ ...toEntry(row), criteria: names.get(row.id) ?? {} }));
}

function toEntry(row: Row): Omit<AuditEntry, 'criteria'> {
  const data = row.data && typeof row.data === 'object' && !Array.isArray(row.data) ? row.data : {};
  return {
    id: String(row.id),
    at: row.at,
    kind: row.kind,
    actor: { id: row.actorId, name: row.actorName },
    subject: { type: row.subjectType, id: row.subjectId, name: row.subjectName },
    data: { ...data },
    requestId: row.requestId,
  };
}
