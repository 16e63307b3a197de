import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { readAt } from '#app/models/at.server.ts';
import { workingToday } from '#app/models/working-calendar.server.ts';
import { decide } from '#app/services/decide.server.ts';
import { holdOpportunity } from '#app/services/hold-opportunity.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import {
  acting,
  createCast,
  recommendedOpportunity,
  submittedId,
  type Cast,
} from './qualification-setup.ts';

// Fourteen hours ahead of UTC: it is the second of December there, and the first in UTC.
vi.hoisted(() => (process.env.WORKING_TIMEZONE = 'Pacific/Kiritimati'));

let cast: Cast;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-01T20:00:00Z') });
  cast = await createCast();
});
afterAll(() => vi.useRealTimers());

describe('today', () => {
  it('is the day where people work, wherever it is asked for', async () => {
    expect(workingToday()).toBe('2026-12-02');
    expect((await readAt(db)).today).toBe('2026-12-02');
  });

  it('is no day for a hold to end, as every day before it', async () => {
    const { id } = await createOpportunity(db);
    const hold = async (until: string) =>
      holdOpportunity(await acting(cast.manager, id), { until, reason: 'Budget is frozen.' });
    expect(await hold('2026-12-02')).toMatchObject({ ok: false, status: 400 });
    expect(await hold('2026-12-03')).toMatchObject({ ok: true });
  });

  it('is the first day on which a condition can be due', async () => {
    const id = await recommendedOpportunity(cast);
    const assessmentId = await submittedId(id);
    const conditional = async (due: string) =>
      decide(await acting(cast.manager, id), {
        assessmentId,
        verdict: 'CONDITIONAL_GO',
        reason: 'Only with a team.',
        conditions: [{ condition: 'A named team', due }],
      });
    expect(await conditional('2026-12-01')).toMatchObject({ ok: false, status: 400 });
    expect(await conditional('2026-12-02')).toMatchObject({ ok: true });
  });
});
