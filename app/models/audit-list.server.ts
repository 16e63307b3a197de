import { auditKinds, type AuditKind } from '#app/domain/audit.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

export interface AuditFilter {
  kind: AuditKind | null;
  /** users.id, or 'BQS' for what nobody in particular did. */
  actor: string | null;
  subject: { type: string; id: string } | null;
  /** Id of the last event of the page before. */
  before: bigint | null;
}

export interface AuditEntry {
  id: string;
  at: Date;
  kind: string;
  actor: { id: string | null; name: string };
  subject: { type: string; id: string; name: string | null };
  data: Record<string, unknown>;
  requestId: string | null;
}

const pageSize = 50;

/** Audit events, the newest first, a page at a time. */
export async function listAuditEvents(
  db: Db,
  filter: AuditFilter,
): Promise<{ events: AuditEntry[]; next: string | null }> {
  const rows = await db.auditEvent.findMany({
    where: predicate(filter),
    orderBy: { id: 'desc' },
    take: pageSize + 1,
  });
  const page = rows.slice(0, pageSize);
  return {
    events: page.map(toEntry),
    next: rows.length > pageSize ? String(page.at(-1)?.id) : null,
  };
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

function predicate({ kind, actor, subject, before }: AuditFilter): Prisma.AuditEventWhereInput {
  return {
    ...(kind && { kind }),
    ...(actor && { actorId: actor === 'BQS' ? null : actor }),
    ...(subject && { subjectType: subject.type, subjectId: subject.id }),
    ...(before !== null && { id: { lt: before } }),
  };
}

function toEntry(row: Prisma.AuditEventGetPayload<object>): AuditEntry {
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
