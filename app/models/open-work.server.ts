import type { WorkflowStatus } from '#app/domain/workflow.ts';
import type { Db } from '#app/lib/db.server.ts';
import { activeUser, awaitedUser } from './active-person.server.ts';

/** What waits for one person and for nobody else. */
export interface OpenWork {
  /** Opportunities whose assessment is theirs to make. */
  assessments: {
    id: string;
    remoteId: string;
    remoteNumber: string | null;
    name: string | null;
    customer: string | null;
    practice: string | null;
    status: WorkflowStatus;
    revision: number;
    closeDate: string | null;
  }[];
  /** Opportunities that are theirs but wait for somebody else at the moment. */
  waiting: number;
  /** Practices they alone head, with how many assessments wait there for a recommendation. */
  practices: { id: string; name: string; submitted: number }[];
  /** Assessments without a practice that wait for a recommendation, where no other practice head is left. */
  withoutPractice: number;
}

/** Reads what a person leaves behind, whether or not they are active themselves. */
export async function readOpenWork(db: Db, userId: string): Promise<OpenWork> {
  const assessments = await db.$queryRaw<OpenWork['assessments']>`
    SELECT id::text, remote_id::text AS "remoteId", remote_number AS "remoteNumber", name, customer,
      practice, workflow_status::text AS status, qualification_revision AS revision,
      to_char(close_date, 'YYYY-MM-DD') AS "closeDate"
    FROM opportunities WHERE assigned_sa = ${userId}::uuid AND gone_since IS NULL
      AND workflow_status IN ('ASSIGNED', 'IN_ASSESSMENT')
    ORDER BY close_date NULLS LAST, remote_id`;
  const practices = await db.$queryRaw<OpenWork['practices']>`
    SELECT p.id::text, p.name, (SELECT count(*)::int FROM opportunities o
      WHERE o.practice = p.name AND o.workflow_status = 'SUBMITTED' AND o.gone_since IS NULL) AS submitted
    FROM user_practices m JOIN practices p ON p.id = m.practice_id
    JOIN user_roles r ON r.user_id = m.user_id AND r.role = 'PRACTICE_HEAD'
    WHERE m.user_id = ${userId}::uuid AND NOT EXISTS (
      SELECT FROM user_practices m JOIN users u ON u.id = m.user_id
      JOIN user_roles r ON r.user_id = u.id AND r.role = 'PRACTICE_HEAD'
      WHERE m.practice_id = p.id AND u.id <> ${userId}::uuid AND ${activeUser})
    ORDER BY p.name`;
  // What has no practice is every head's, so it is left behind by the last of them alone.
  const [unset] = await db.$queryRaw<{ submitted: number }[]>`
    SELECT count(*)::int AS submitted FROM opportunities
    WHERE practice IS NULL AND workflow_status = 'SUBMITTED' AND gone_since IS NULL
      AND EXISTS (SELECT FROM user_roles
        WHERE user_id = ${userId}::uuid AND role = 'PRACTICE_HEAD')
      AND NOT EXISTS (SELECT FROM user_roles r JOIN users u ON u.id = r.user_id
        WHERE r.role = 'PRACTICE_HEAD' AND u.id <> ${userId}::uuid AND ${activeUser})`;
  const waiting = await db.opportunity.count({
    where: {
      assignedSa: userId,
      goneSince: null,
      workflowStatus: { in: ['SUBMITTED', 'RECOMMENDED', 'ON_HOLD'] },
    },
  });
  return { assessments, waiting, practices, withoutPractice: unset?.submitted ?? 0 };
}

/** How many pieces of work nobody else would take up. */
export async function countOpenWork(db: Db, userId: string): Promise<number> {
  const { assessments, practices, withoutPractice } = await readOpenWork(db, userId);
  return assessments.length + practices.length + withoutPractice;
}

/** Somebody who could take work over, with the names of their practices. */
export interface Successor {
  id: string;
  name: string;
  practices: string[];
  /** Invited, and has not signed in yet. */
  awaited: boolean;
  architect: boolean;
  head: boolean;
}

/** Everybody active but `userId` who is an architect, or heads or works in a practice, by name. */
export async function listSuccessors(db: Db, userId: string): Promise<Successor[]> {
  return db.$queryRaw<Successor[]>`
    SELECT u.id::text, coalesce(u.name, u.email, 'Somebody without a name') AS name,
      ${awaitedUser} AS awaited, ARRAY(SELECT p.name FROM user_practices m JOIN practices p ON p.id = m.practice_id
        WHERE m.user_id = u.id ORDER BY p.name) AS practices,
      bool_or(r.role = 'SOLUTION_ARCHITECT') AS architect, bool_or(r.role = 'PRACTICE_HEAD') AS head
    FROM users u JOIN user_roles r ON r.user_id = u.id
    WHERE u.id <> ${userId}::uuid AND ${activeUser}
      AND r.role IN ('SOLUTION_ARCHITECT', 'PRACTICE_HEAD')
    GROUP BY u.id ORDER BY lower(coalesce(u.name, u.email, '')), u.id`;
}
