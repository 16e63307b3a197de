import {
  attributeChangeNames,
  vanishedCause,
  type AttributeChange,
  type AttributeChangeKind,
  type KnownAttribute,
  type VanishedRule,
} from '#app/domain/field-drift.ts';
import type { DescribedNow } from '#app/domain/field-view.ts';
import type { Db } from '#app/lib/db.server.ts';

/** Everything the CRM has described so far, what has vanished among it. */
export async function listAttributes(db: Db): Promise<DescribedNow[]> {
  return db.crmAttribute.findMany({
    select: { name: true, type: true, queryable: true, vanishedAt: true },
    orderBy: { name: 'asc' },
  });
}

/** The same, as the rules about drift take it. */
export async function listKnown(db: Db): Promise<KnownAttribute[]> {
  const attributes = await listAttributes(db);
  return attributes.map(({ name, type, vanishedAt }) => ({
    name,
    type,
    vanished: vanishedAt !== null,
  }));
}

export interface RecordedChange extends AttributeChange {
  id: string;
  runId: string;
  at: Date;
}

/** How the description has changed, newest first. */
export async function listAttributeChanges(db: Db, limit: number): Promise<RecordedChange[]> {
  const rows = await db.crmAttributeChange.findMany({ orderBy: { id: 'desc' }, take: limit });
  return rows
    .filter(({ kind }) => kind in attributeChangeNames)
    .map(({ id, syncLogId, kind, name, before, after, createdAt }) => ({
      id: id.toString(),
      runId: syncLogId.toString(),
      at: createdAt,
      kind: kind as AttributeChangeKind,
      name,
      before,
      after,
    }));
}

/** The changes of type of some attributes, oldest first. */
export async function listRetyped(db: Db, names: string[]) {
  const rows = await db.crmAttributeChange.findMany({
    where: { kind: 'RETYPED', name: { in: names } },
    orderBy: { id: 'asc' },
    select: { name: true, before: true },
  });
  return rows.map((row) => ({ kind: 'RETYPED' as const, ...row }));
}

/** How people have said to go on without attributes that vanished, by rules in force. */
export async function listVanishedRules(db: Db): Promise<VanishedRule[]> {
  const rows = await db.mappingRule.findMany({
    where: { cause: vanishedCause, withdrawnAt: null },
    select: { field: true, treatment: true, source: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ field, treatment, source }) => ({
    field,
    source,
    treatment: treatment === 'READ_FROM' ? 'READ_FROM' : 'LEAVE_EMPTY',
  }));
}

/** One reading of the description by a run; `problem` says why there was none. */
export interface DescriptionRead {
  runId: string;
  at: Date;
  attributes: number | null;
  problem: string | null;
}

/** The latest attempt to read the description, and the latest that gave one. */
export async function getLastReads(
  db: Db,
): Promise<{ last: DescriptionRead | null; good: DescriptionRead | null }> {
  const orderBy = { readAt: 'desc' } as const;
  const [last, good] = await Promise.all([
    db.crmDescription.findFirst({ orderBy }),
    db.crmDescription.findFirst({ where: { problem: null }, orderBy }),
  ]);
  const asRead = (row: typeof last) =>
    row && {
      runId: row.syncLogId.toString(),
      at: row.readAt,
      attributes: row.attributes,
      problem: row.problem,
    };
  return { last: asRead(last), good: asRead(good) };
}

/** The run held because a field vanished; null where none is. There is one at most worth deciding on. */
export async function getHeldForFields(db: Db): Promise<string | null> {
  const run = await db.syncLog.findFirst({
    where: { status: 'HELD', heldCause: 'FIELD_VANISHED' },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  return run?.id.toString() ?? null;
}
