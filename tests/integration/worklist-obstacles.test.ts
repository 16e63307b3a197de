import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { readAt } from '#app/models/at.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { listWaiting } from '#app/models/worklist-decisions.server.ts';
import { createCast, recommendedOpportunity, type Cast } from './qualification-setup.ts';

let cast: Cast;
let others: Cast;
beforeAll(async () => {
  cast = await createCast();
  others = await createCast('Cloud');
});

describe('a row that waits for a decision', () => {
  it('says why it is not theirs, to whoever stands in for a manager', async () => {
    const id = await recommendedOpportunity(cast);
    const at = await readAt(db);
    const { id: absentId, name } = cast.manager;
    const held = { role: 'MANAGER' as const, absent: { id: absentId, name }, until: at.today };
    const standsInFor = [{ ...held, practices: [], verifiedEmail: null }];
    const obstacleFor = async (person: { id: string }) => {
      const viewer = await findViewer(db, person.id);
      if (!viewer) throw new Error('There is no such person.');
      const { rows } = await listWaiting(db, { ...viewer, standsInFor }, { limit: 9, at });
      return rows.find((row) => row.id === id)?.obstacle;
    };
    expect(await obstacleFor(cast.manager)).toBeNull();
    expect(await obstacleFor(others.head)).toBeNull();
    expect(await obstacleFor(cast.head)).toMatch(/^You recommended on this assessment/);
    expect(await obstacleFor(cast.architect)).toMatch(/^This is your own assessment/);
  });
});
