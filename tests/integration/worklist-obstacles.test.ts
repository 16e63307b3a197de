import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { readAt } from '#app/models/at.server.ts';
import { readQualificationView } from '#app/models/qualification-view.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { listWaiting } from '#app/models/worklist-decisions.server.ts';
import { completeSheet } from '../factories/sheet.ts';
import {
  createCast,
  recommendedOpportunity,
  submittedOpportunity,
  type Cast,
} from './qualification-setup.ts';

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

describe('the page of an opportunity', () => {
  const viewOf = async (
    person: { id: string },
    opportunityId: string,
    absent?: Cast['manager'],
  ) => {
    const viewer = await findViewer(db, person.id);
    if (!viewer) throw new Error('There is no such person.');
    const { today } = await readAt(db);
    const held = { role: 'MANAGER' as const, practices: [], verifiedEmail: null, until: today };
    const standsInFor = absent ? [{ ...held, absent }] : [];
    const asked = { opportunityId, beforeClose: null, today };
    const view = await readQualificationView(db, { ...viewer, standsInFor }, asked);
    if (!view) throw new Error('There is no such opportunity.');
    return { ...view, viewer: { ...viewer, standsInFor } };
  };

  it('says why a decision is not theirs in the words of the list', async () => {
    const id = await recommendedOpportunity(cast);
    for (const person of [cast.head, cast.architect]) {
      const { viewer, intents, obstacles } = await viewOf(person, id, cast.manager);
      const { rows } = await listWaiting(db, viewer, { limit: 99, at: await readAt(db) });
      const words = rows.find((row) => row.id === id)?.obstacle;
      expect(words).toMatch(/./);
      expect(intents).not.toContain('decide');
      expect(obstacles).toEqual([{ intent: 'decide', words }]);
    }
    expect((await viewOf(cast.manager, id)).obstacles).toEqual([]);
    // Who never decides misses no button.
    expect((await viewOf(cast.head, id)).obstacles).toEqual([]);
  });

  it('says whose turn it is, whoever looks', async () => {
    const submitted = await submittedOpportunity(cast);
    const unset = await submittedOpportunity(cast, completeSheet(), { practice: null });
    const unheaded = await submittedOpportunity(cast, completeSheet());
    await db.opportunity.update({ where: { id: BigInt(unheaded) }, data: { practice: 'Nobody' } });
    const turn = async (id: string) => (await viewOf(cast.manager, id)).turn;
    expect(await turn(submitted)).toEqual({
      holder: cast.head.name,
      step: 'recommend',
      fastTrack: false,
    });
    expect((await viewOf(cast.architect, submitted)).turn?.holder).toBe(cast.head.name);
    expect((await turn(unset))?.holder).toContain(others.head.name);
    expect((await turn(unheaded))?.holder).toBe('nobody: no practice head for Nobody');
    const recommended = await recommendedOpportunity(cast);
    expect((await viewOf(cast.head, recommended)).turn).toMatchObject({ step: 'decide' });
    await db.opportunity.update({ where: { id: BigInt(unset) }, data: { goneSince: new Date() } });
    expect(await turn(unset)).toBeNull();
  });
});
