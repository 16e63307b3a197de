import { readFileSync } from 'node:fs';
import { auditEvents } from '#app/domain/audit.ts';
import { differencesOf } from '#app/domain/reconcile.ts';
import { db } from '#app/lib/db.server.ts';
import { countStrayEvents, streamChecked } from '#app/models/reconciliation.server.ts';
import { people } from './plan.ts';
import { markOf } from './world.ts';

/** What no request may change, as text to compare before and after. */
export interface Standing {
  lastEvent: bigint;
  events: string;
  holders: string;
  crmColumns: string;
}

export async function readStanding(upTo?: bigint): Promise<Standing> {
  const lastEvent =
    upTo ?? (await one<{ id: bigint }>('SELECT coalesce(max(id), 0) AS id FROM audit_events')).id;
  const sample = people.map((person) => `'${person}@example.test'`).join(', ');
  return {
    lastEvent,
    events: await digest(
      `SELECT e::text AS line FROM audit_events e WHERE id <= ${lastEvent} ORDER BY id`,
    ),
    holders: await digest(
      `SELECT u.email || coalesce(r.role::text, '') || coalesce(p.practice_id::text, '') AS line
       FROM users u LEFT JOIN user_roles r ON r.user_id = u.id LEFT JOIN user_practices p ON p.user_id = u.id
       WHERE u.email IN (${sample}) ORDER BY 1`,
    ),
    crmColumns: await digest(
      `SELECT concat_ws('|', remote_id, remote_number, name, customer, practice, geo, region, sector, deal_value,
         currency, win_probability, sales_owner, sales_owner_email, stage, crm_status, close_date, raw,
         last_synced_at, gone_since) AS line FROM opportunities ORDER BY remote_id`,
    ),
  };
}

/** What is wrong after the run, in words; nothing where all holds. */
export async function brokenInvariants(before: Standing): Promise<string[]> {
  const after = await readStanding(before.lastEvent);
  const broken: string[] = [];
  if (after.events !== before.events) broken.push('Audit events that were written have changed.');
  if (after.holders !== before.holders)
    broken.push('A sample person gained or lost a role or a practice.');
  if (after.crmColumns !== before.crmColumns) broken.push('A column of the CRM was written.');
  for await (const { id, events, unreadable, present } of streamChecked(db)) {
    for (const line of [...unreadable, ...differencesOf(events, present)])
      broken.push(`Opportunity ${id}: ${line}`);
  }
  if ((await countStrayEvents(db)) > 0)
    broken.push('Events name an opportunity that does not exist.');
  return [
    ...broken,
    ...(await unreadableEvents(before.lastEvent)),
    ...(await actsBeyondScope(before.lastEvent)),
  ];
}

async function unreadableEvents(after: bigint): Promise<string[]> {
  const events = await db.auditEvent.findMany({ where: { id: { gt: after } } });
  return events
    .filter(
      ({ kind, data }) => !auditEvents[kind as keyof typeof auditEvents]?.safeParse(data).success,
    )
    .map(({ id, kind }) => `The audit event ${id} (${kind}) cannot be read.`);
}

/** Acts on the sealed rows by anybody but a manager. */
async function actsBeyondScope(after: bigint): Promise<string[]> {
  const rows = await db.$queryRawUnsafe<{ id: bigint; kind: string }[]>(
    `SELECT e.id, e.kind FROM audit_events e JOIN opportunities o ON e.subject_type = 'opportunity'
       AND e.subject_id = o.id::text
     WHERE e.id > ${after} AND o.name LIKE '${markOf('sealed')}%' AND e.kind NOT LIKE '%refused'
       AND NOT EXISTS (SELECT FROM users u WHERE u.id = e.actor_id AND u.email = 'manager@example.test')`,
  );
  return rows.map(({ id, kind }) => `The audit event ${id} (${kind}) is of somebody out of scope.`);
}

/** Resident memory of a process in MB; null where the machine does not say. */
export function memoryOf(pid: number): number | null {
  try {
    const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return line ? Math.round(Number(line) / 1024) : null;
  } catch {
    return null;
  }
}

async function one<T>(sql: string): Promise<T> {
  const [row] = await db.$queryRawUnsafe<T[]>(sql);
  if (!row) throw new Error('The database said nothing.');
  return row;
}

async function digest(rows: string): Promise<string> {
  const sql = `SELECT md5(coalesce(string_agg(line, E'\\n'), '')) || ' ' || count(*) AS sum FROM (${rows}) listed`;
  return (await one<{ sum: string }>(sql)).sum;
}
