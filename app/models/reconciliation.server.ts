import { auditEvents, type AuditKind, type OpportunityEvent } from '#app/domain/audit.ts';
import { ratingsOf } from '#app/domain/assessment.ts';
import type { Present, PresentAssessment } from '#app/domain/reconcile.ts';
import { scorecardSchema, type Scorecard } from '#app/domain/scorecard.ts';
import type { PrismaClient } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

/** One opportunity with its record and what the tables say of it. */
export interface Checked {
  id: string;
  remoteNumber: string | null;
  events: OpportunityEvent[];
  /** Events whose data does not fit their kind. */
  unreadable: string[];
  present: Present;
}

type SheetRow = Omit<PresentAssessment, 'card' | 'ratings'> & {
  scorecardId: string;
  ratings: { criterion: string; halfSteps: number | null }[];
};
type Row = Omit<Present, 'assessments'> & {
  id: string;
  remoteNumber: string | null;
  sheets: SheetRow[];
};

const batchSize = 2000;

/**
 * Every opportunity in the order of its id. Read a batch at a time so that memory stays flat, and each batch
 * as of one instant, so that nothing done meanwhile looks like a difference.
 */
export async function* streamChecked(db: PrismaClient): AsyncGenerator<Checked> {
  for (let after = 0n; ;) {
    const batch = await db.$transaction((tx) => batchAfter(tx, after), {
      isolationLevel: 'RepeatableRead',
      maxWait: 60_000,
      timeout: 300_000,
    });
    yield* batch;
    if (batch.length < batchSize) return;
    after = BigInt(batch.at(-1)?.id ?? 0);
  }
}

async function batchAfter(tx: Db, after: bigint): Promise<Checked[]> {
  const cards = await readScorecards(tx);
  const rows = await presentAfter(tx, after);
  const ids = rows.map(({ id }) => id);
  const events = await eventsOf(tx, ids);
  return rows.map(({ id, remoteNumber, sheets, ...rest }) => {
    const assessments = sheets.map(({ scorecardId, ratings, ...sheet }) => ({
      ...sheet,
      card: cardOf(cards, scorecardId),
      ratings: ratingsOf(ratings.map((rating) => ({ ...rating, reasons: [], note: '' }))),
    }));
    return { id, remoteNumber, ...sift(events.get(id) ?? []), present: { ...rest, assessments } };
  });
}

/** How many events of the qualification name an opportunity that does not exist. */
export async function countStrayEvents(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM audit_events e
    WHERE subject_type = 'opportunity'
      AND NOT EXISTS (SELECT FROM opportunities o WHERE o.id::text = e.subject_id)`;
  return row?.count ?? 0;
}

function presentAfter(db: Db, after: bigint): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT o.id::text, o.remote_number AS "remoteNumber", o.workflow_status::text AS status,
      o.status_before_hold::text AS "beforeHold", o.status_before_close::text AS "beforeClose",
      to_char(o.hold_until, 'YYYY-MM-DD') AS "holdUntil", o.hold_reason AS "holdReason",
      o.assigned_sa::text AS "assignedSa", o.practice_head_recommendation AS recommendation,
      o.management_decision AS decision,
      coalesce((SELECT json_agg(json_build_object('version', a.version,
          'submitted', a.status = 'SUBMITTED', 'score', a.score, 'band', a.band,
          'knockOuts', a.knock_outs, 'scorecardId', a.scorecard_id::text,
          'ratings', coalesce((SELECT json_agg(json_build_object('criterion', r.criterion,
            'halfSteps', r.half_steps)) FROM assessment_ratings r WHERE r.assessment_id = a.id), '[]'))
          ORDER BY a.version) FROM assessments a WHERE a.opportunity_id = o.id), '[]') AS sheets,
      coalesce((SELECT json_agg(json_build_object('version', a.version, 'verdict', r.verdict,
          'rationale', r.rationale) ORDER BY r.id)
        FROM recommendations r JOIN assessments a ON a.id = r.assessment_id
        WHERE r.opportunity_id = o.id), '[]') AS recommendations,
      coalesce((SELECT json_agg(json_build_object('version', a.version, 'verdict', d.verdict,
          'overrides', d.overrides, 'reason', d.reason) ORDER BY d.id)
        FROM decisions d LEFT JOIN assessments a ON a.id = d.assessment_id
        WHERE d.opportunity_id = o.id), '[]') AS decisions,
      ARRAY(SELECT c.condition FROM decision_conditions c JOIN decisions d ON d.id = c.decision_id
        WHERE d.opportunity_id = o.id AND c.met_at IS NOT NULL) AS "conditionsMet",
      ARRAY(SELECT a.version FROM assessment_returns t JOIN assessments a ON a.id = t.assessment_id
        WHERE a.opportunity_id = o.id) AS returned
    FROM (SELECT * FROM opportunities WHERE id > ${after} ORDER BY id LIMIT ${batchSize}) o
    ORDER BY o.id`;
}

async function eventsOf(db: Db, ids: string[]) {
  const rows = await db.$queryRaw<{ subject: string; kind: string; data: unknown }[]>`
    SELECT subject_id AS subject, kind, data FROM audit_events
    WHERE subject_type = 'opportunity' AND subject_id = ANY(${ids}) AND kind LIKE 'opportunity.%'
    ORDER BY id`;
  return Map.groupBy(rows, ({ subject }) => subject);
}

function sift(rows: { kind: string; data: unknown }[]): Pick<Checked, 'events' | 'unreadable'> {
  const events: OpportunityEvent[] = [];
  const unreadable: string[] = [];
  for (const { kind, data } of rows) {
    const parsed = auditEvents[kind as AuditKind]?.safeParse(data);
    if (parsed?.success) events.push({ kind, data: parsed.data } as OpportunityEvent);
    else unreadable.push(kind);
  }
  return { events, unreadable };
}

async function readScorecards(db: Db): Promise<Map<string, Scorecard>> {
  const rows = await db.scorecard.findMany({ select: { id: true, definition: true } });
  return new Map(rows.map(({ id, definition }) => [String(id), scorecardSchema.parse(definition)]));
}

function cardOf(cards: Map<string, Scorecard>, id: string): Scorecard {
  const card = cards.get(id);
  if (!card) throw new Error(`There is no scorecard ${id}.`);
  return card;
}
