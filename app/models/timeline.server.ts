import { eventWords, moveOf } from '#app/domain/event-words.ts';
import {
  formatPlace,
  sourcesOf,
  type TimelinePart,
  type TimelinePlace,
  type TimelineSource,
} from '#app/domain/timeline.ts';
import type { WorkflowStatus } from '#app/domain/workflow.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { criterionNamesOf } from './criterion-name.server.ts';
import { listChanges, type OpportunityChange } from './opportunity-change.server.ts';

interface Entry {
  key: string;
  at: Date;
}
interface Deed extends Entry {
  source: 'event';
  actor: string;
  text: string;
  quote: string | null;
  /** The state it led to, where it led to another. */
  moved: WorkflowStatus | null;
  refusal: boolean;
}
interface Remark extends Entry {
  source: 'comment';
  id: string;
  author: string;
  body: string;
  /** Names of who was told. */
  told: string[];
}
interface CrmChange extends Entry {
  source: 'change';
  change: OpportunityChange;
}
/** One thing that happened to an opportunity. */
export type TimelineEntry = Deed | Remark | CrmChange;

export interface TimelineAsked {
  part: TimelinePart;
  /** The last entry of the page before. */
  before: TimelinePlace | null;
  /** Whether attempts that were refused are told too. */
  refusals: boolean;
}

const pageSize = 30;

/**
 * What happened to an opportunity, the newest first, a page at a time: what was done in BQS, what the CRM
 * changed run by run, and what was written. Ask only for one that is in the viewer's scope.
 */
export async function readTimeline(
  db: Db,
  opportunityId: string,
  asked: TimelineAsked,
): Promise<{ entries: TimelineEntry[]; older: string | null }> {
  const places = await placesOf(db, BigInt(opportunityId), asked);
  const page = places.slice(0, pageSize);
  const ids = (source: TimelineSource) =>
    page.filter((place) => place.source === source).map(({ id }) => BigInt(id));
  const [deeds, remarks, changes] = await Promise.all([
    readDeeds(db, ids('event')),
    readRemarks(db, ids('comment')),
    readChanges(db, opportunityId, ids('change')),
  ]);
  const known = new Map([...deeds, ...remarks, ...changes].map((entry) => [entry.key, entry]));
  const last = page.at(-1);
  return {
    entries: page.flatMap(({ source, id }) => known.get(`${source}-${id}`) ?? []),
    older: places.length > pageSize && last ? formatPlace(last) : null,
  };
}

/** Where one page and the first entry of the next are. The run stands for all it changed. */
function placesOf(
  db: Db,
  id: bigint,
  { part, before, refusals }: TimelineAsked,
): Promise<TimelinePlace[]> {
  const micros = Prisma.sql`(extract(epoch FROM at) * 1000000)::bigint`;
  const beyond = before
    ? Prisma.sql`WHERE (${micros}, source, id) <
        (${before.micros}::bigint, ${before.source}, ${before.id}::bigint)`
    : Prisma.empty;
  const parts: Record<TimelineSource, Prisma.Sql> = {
    event: Prisma.sql`SELECT at, 'event' AS source, id FROM audit_events
      WHERE subject_type = 'opportunity' AND subject_id = ${String(id)} AND kind <> 'comment.added'
        ${refusals ? Prisma.empty : Prisma.sql`AND kind NOT LIKE '%refused'`}`,
    change: Prisma.sql`SELECT max(created_at) AS at, 'change' AS source, sync_log_id AS id
      FROM opportunity_changes WHERE opportunity_id = ${id} GROUP BY sync_log_id`,
    comment: Prisma.sql`SELECT created_at AS at, 'comment' AS source, id FROM comments
      WHERE opportunity_id = ${id}`,
  };
  const all = Prisma.join(
    sourcesOf[part].map((source) => parts[source]),
    ' UNION ALL ',
  );
  return db.$queryRaw<TimelinePlace[]>`
    SELECT ${micros}::text AS micros, source, id::text FROM (${all}) entries ${beyond}
    ORDER BY ${micros} DESC, source DESC, entries.id DESC LIMIT ${pageSize + 1}`;
}

async function readDeeds(db: Db, ids: bigint[]): Promise<Deed[]> {
  const rows = ids.length > 0 ? await db.auditEvent.findMany({ where: { id: { in: ids } } }) : [];
  const names = await criterionNamesOf(db, rows);
  return rows.map(({ id, at, kind, actorName, data }) => ({
    source: 'event',
    key: `event-${id}`,
    at,
    actor: actorName,
    ...eventWords(kind, data, names.get(id)),
    moved: data && typeof data === 'object' ? moveOf({ ...data }) : null,
    refusal: kind.endsWith('refused'),
  }));
}

async function readRemarks(db: Db, ids: bigint[]): Promise<Remark[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<Omit<Remark, 'source' | 'key'>[]>`
    SELECT c.id::text, c.created_at AS at, c.author_name AS author, c.body,
      ARRAY(SELECT coalesce(u.name, u.email, 'somebody') FROM users u
            WHERE u.id = ANY(c.mentions) ORDER BY 1) AS told
    FROM comments c WHERE c.id = ANY(${ids}::bigint[])`;
  return rows.map((row) => ({ ...row, source: 'comment', key: `comment-${row.id}` }));
}

/** A run that found the opportunity again may also have changed it: both are one entry. */
async function readChanges(db: Db, opportunityId: string, ids: bigint[]): Promise<CrmChange[]> {
  const changes = ids.length > 0 ? await listChanges(db, opportunityId, ids) : [];
  const runs = Map.groupBy(changes, ({ runId }) => runId);
  return [...runs.values()].map(([first, ...rest]) => {
    const kind = rest.reduce((k, each) => (each.kind === 'UPDATED' ? k : each.kind), first!.kind);
    const fields = [first!, ...rest].flatMap((each) => each.fields);
    const change = { ...first!, kind, fields };
    return { source: 'change', key: `change-${change.runId}`, at: change.at, change };
  });
}
