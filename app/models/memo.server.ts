import { createHash } from 'node:crypto';
import { canonicalText, parseMemo, type Memo } from '#app/domain/memo.ts';
import type { Db } from '#app/lib/db.server.ts';
import { gatherMemo } from './memo-content.server.ts';

/**
 * What a second look at a memo finds: its text gives another hash than was kept, or is the memo of
 * another decision, or is gone.
 */
export type MemoState = 'matches' | 'altered' | 'misplaced' | 'missing';

export interface StoredMemo {
  decisionId: string;
  /** The exact text that was frozen. */
  content: string;
  /** As it was kept at the decision. */
  sha256: string;
  /** As the text gives it now. */
  computed: string;
  state: Exclude<MemoState, 'missing'>;
  /** Null where the text can no longer be read as a memo. */
  memo: Memo | null;
}

/**
 * Writes the memo of a decision. Give it the transaction of the decision, so that neither stands alone;
 * whatever is wrong with the memo is an exception and takes the decision with it. Returns its SHA-256, for
 * the audit event of the decision.
 */
export async function freezeMemo(tx: Db, decisionId: string): Promise<string> {
  const content = canonicalText(await gatherMemo(tx, decisionId));
  const sha256 = sha256Of(content);
  await tx.decisionMemo.create({
    data: { decisionId: BigInt(decisionId), content, sha256 },
    select: { decisionId: true },
  });
  return sha256;
}

/** The memo of a decision of this opportunity, its hash taken anew; null where there is none. */
export async function findMemo(
  db: Db,
  opportunityId: string,
  decisionId: string,
): Promise<StoredMemo | null> {
  const row = await db.decisionMemo.findFirst({
    where: { decisionId: BigInt(decisionId), decision: { opportunityId: BigInt(opportunityId) } },
  });
  if (!row) return null;
  const computed = sha256Of(row.content);
  const memo = parseMemo(row.content);
  const state = stateOf(row.sha256, computed, memo?.decision.id === decisionId);
  return { decisionId, content: row.content, sha256: row.sha256, computed, state, memo };
}

export interface MemoFault {
  decisionId: string;
  opportunityId: string;
  state: Exclude<MemoState, 'matches'>;
}

/** Takes the hash of every memo anew, so many at a time, and names those at fault; misses none that is gone. */
export async function checkMemos(
  db: Db,
  batch = 200,
): Promise<{ checked: number; faults: MemoFault[] }> {
  const faults: MemoFault[] = [];
  let [checked, after] = [0, 0n];
  for (;;) {
    const decisions = await db.decision.findMany({
      where: { id: { gt: after } },
      select: { id: true, opportunityId: true, memo: true },
      orderBy: { id: 'asc' },
      take: batch,
    });
    const recorded = await recordedHashes(
      db,
      decisions.map(({ id }) => String(id)),
    );
    for (const { id, opportunityId, memo } of decisions) {
      const state = memo ? recheck(String(id), memo, recorded) : 'missing';
      if (state === 'matches') continue;
      faults.push({ decisionId: String(id), opportunityId: String(opportunityId), state });
    }
    checked += decisions.length;
    const last = decisions.at(-1);
    if (!last) return { checked, faults };
    after = last.id;
  }
}

function recheck(
  decisionId: string,
  { content, sha256 }: { content: string; sha256: string },
  recorded: Map<string, string>,
) {
  const own = parseMemo(content)?.decision.id === decisionId;
  const state = stateOf(sha256, sha256Of(content), own);
  return state === 'matches' && recorded.get(decisionId) !== sha256 ? 'altered' : state;
}

/** The hashes the audit events of these decisions name. */
async function recordedHashes(db: Db, decisionIds: string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ id: string; memo: string }[]>`
    SELECT e.data->>'decisionId' AS id, e.data->>'memo' AS memo
    FROM decisions d JOIN audit_events e
      ON e.subject_type = 'opportunity' AND e.subject_id = d.opportunity_id::text
      AND e.kind IN ('opportunity.decided', 'opportunity.declined') AND e.data->>'decisionId' = d.id::text
    WHERE d.id = ANY (${decisionIds}::bigint[])`;
  return new Map(rows.map(({ id, memo }) => [id, memo]));
}

function stateOf(kept: string, computed: string, own: boolean): StoredMemo['state'] {
  if (kept !== computed) return 'altered';
  return own ? 'matches' : 'misplaced';
}

function sha256Of(content: string): string {
  return createHash('sha256').update(content, 'utf8').digest('hex');
}
