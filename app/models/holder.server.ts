import { clockTable, holderWords, isClocked } from '#app/domain/decision-clock.ts';
import type { Turn } from '#app/domain/qualification-view.ts';
import type { WorkflowStatus } from '#app/domain/workflow.ts';
import type { Db } from '#app/lib/db.server.ts';
import { activeUser } from './active-person.server.ts';
import { workingToday } from './working-calendar.server.ts';

/** The people who hold opportunities by their role: practice heads by practice, and the managers. */
export interface Holders {
  managers: string[];
  /** Every practice head, who all hold what has no practice. */
  heads: string[];
  headsOf: Map<string, string[]>;
}

/** Everybody who holds opportunities by role, with who stands in for them, read at once for a whole list. */
export async function readHolders(db: Db): Promise<Holders> {
  const rows = await db.$queryRaw<{ role: string; name: string; practices: string[] }[]>`
    SELECT r.role::text, coalesce(u.name, u.email, 'Somebody without a name')
        || coalesce(' (' || (SELECT string_agg(coalesce(s.name, s.email), ', ' ORDER BY i.id)
             FROM stand_ins i JOIN users s ON s.id = i.stand_in_id
             WHERE i.user_id = u.id AND i.role = r.role AND i.ended_at IS NULL
               AND ${workingToday()}::date BETWEEN i.from_day AND i.to_day
               AND s.deactivated_at IS NULL AND s.deleted_at IS NULL
               AND EXISTS (SELECT FROM user_roles WHERE user_id = s.id)) || ' stands in)', '') AS name,
      coalesce(array_agg(p.name) FILTER (WHERE p.name IS NOT NULL), '{}') AS practices
    FROM user_roles r JOIN users u ON u.id = r.user_id
    LEFT JOIN user_practices m ON m.user_id = u.id LEFT JOIN practices p ON p.id = m.practice_id
    WHERE r.role IN ('MANAGER', 'PRACTICE_HEAD') AND ${activeUser} GROUP BY r.role, u.id ORDER BY name`;
  const headsOf = new Map<string, string[]>();
  const heads = rows.filter(({ role }) => role === 'PRACTICE_HEAD');
  for (const { name, practices } of heads) {
    for (const practice of practices)
      headsOf.set(practice, [...(headsOf.get(practice) ?? []), name]);
  }
  const managers = rows.filter(({ role }) => role === 'MANAGER').map(({ name }) => name);
  return { managers, heads: heads.map(({ name }) => name), headsOf };
}

/** Who holds one opportunity, in words. */
export function holderOf(
  holders: Holders,
  row: { status: WorkflowStatus; practice: string | null; architect: string | null },
): string {
  const { practice, architect } = row;
  const heads = practice === null ? holders.heads : (holders.headsOf.get(practice) ?? []);
  return holderWords(row.status, { practice, architect, heads, managers: holders.managers });
}

/** Whose turn it is with one opportunity; null where it is nobody's, or the architect's it is assigned to. */
export async function readTurn(
  db: Db,
  row: { status: WorkflowStatus; practice: string | null; gone: boolean; fastTrack: boolean },
): Promise<Turn | null> {
  const { status, gone, fastTrack } = row;
  if (gone || !isClocked(status) || clockTable[status].holder === 'assessor') return null;
  const holder = holderOf(await readHolders(db), { ...row, architect: null });
  return { holder, step: clockTable[status].step, fastTrack: fastTrack && status === 'SUBMITTED' };
}
