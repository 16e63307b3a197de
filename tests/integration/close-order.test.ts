import { describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { nowhere } from '#app/domain/permissions.ts';
import { readAt } from '#app/models/at.server.ts';
import { listSheets } from '#app/models/worklist-architect.server.ts';
import { listUnassigned } from '#app/models/worklist-unassigned.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { createUser } from '../factories/user.ts';

const ids = (list: { rows: { id: string }[] }) => list.rows.map(({ id }) => id);
const closing = (day: string | null, draft: Parameters<typeof createOpportunity>[1] = {}) =>
  createOpportunity(db, { closeDate: day === null ? null : new Date(day), ...draft });

describe('work by close date', () => {
  const scope = { ...nowhere, practices: ['Data & AI'], withoutPractice: true };

  it('has what is live first, then what has no date, then what is past, the last one first', async () => {
    const at = { ...(await readAt(db)), today: '2026-11-25' };
    const longPast = await closing('2024-01-01');
    const past = await closing('2026-11-24');
    const pastToo = await closing('2026-11-24');
    const never = await closing(null);
    const late = await closing('2029-01-01', { practice: null });
    const today = await closing('2026-11-25');
    await closing('2028-01-01', { practice: 'Cloud' });
    await closing('2028-01-01', { goneSince: new Date() });
    // Equals stand by the CRM's id, so that the order is the same each time.
    const remote = await db.opportunity.findMany({
      where: { id: { in: [BigInt(past.id), BigInt(pastToo.id)] } },
      orderBy: { remoteId: 'asc' },
    });
    const order = [
      ...[today.id, late.id, never.id],
      ...remote.map(({ id }) => String(id)),
      longPast.id,
    ];
    for (const limit of [1, 2, 4, 100]) {
      const list = await listUnassigned(db, scope, { limit, at });
      expect(ids(list)).toEqual(order.slice(0, limit));
      expect(list).toMatchObject({ total: 6, past: null });
    }
    const tomorrow = await listUnassigned(db, scope, {
      limit: 3,
      at: { ...at, today: '2026-11-26' },
    });
    expect(ids(tomorrow)).toEqual([late.id, never.id, today.id]);
  });

  it('is so for the sheets of an architect too', async () => {
    const { id: assignedSa } = await createUser(db, { roles: ['SOLUTION_ARCHITECT'] });
    const theirs = { assignedSa, workflowStatus: 'ASSIGNED' } as const;
    const dead = await closing('2025-01-01', theirs);
    const live = await closing('2099-01-01', theirs);
    const list = await listSheets(db, { userId: assignedSa, limit: 20, at: await readAt(db) });
    expect(ids(list)).toEqual([live.id, dead.id]);
    expect(list).toMatchObject({ total: 2, past: 1 });
    expect(list.rows[0]).toMatchObject({ answered: 0, criteria: null });
  });
});
