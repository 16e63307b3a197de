import { beforeAll, describe, expect, it } from 'vitest';
import { eventWords } from '#app/domain/event-words.ts';
import { parsePlace, type TimelinePart } from '#app/domain/timeline.ts';
import { db, pool } from '#app/lib/db.server.ts';
import { listAuditEvents } from '#app/models/audit-list.server.ts';
import { readTimeline, type TimelineEntry } from '#app/models/timeline.server.ts';
import { commentOnOpportunity } from '#app/services/comment-on-opportunity.server.ts';
import { recommend } from '#app/services/recommend.server.ts';
import { completeSheet } from '../factories/sheet.ts';
import {
  acting,
  createCast,
  submittedId,
  submittedOpportunity,
  type Cast,
} from './qualification-setup.ts';

let cast: Cast;
let id: string;

beforeAll(async () => {
  cast = await createCast();
  id = await submittedOpportunity(cast);
  // Refused: the architect heads no practice.
  await recommend(await acting(cast.architect, id), {
    assessmentId: await submittedId(id),
    verdict: 'GO',
    rationale: 'My own is best.',
  });
  for (let run = 0; run < 40; run++) {
    await pool.query(
      `WITH run AS (INSERT INTO sync_logs (sync_type, status, trigger)
         VALUES ('FULL', 'SUCCESS', 'SCHEDULE') RETURNING id)
       INSERT INTO opportunity_changes (opportunity_id, sync_log_id, kind, field, before, after)
       SELECT $1, id, 'UPDATED'::change_kind, field, 'a', 'b'
       FROM run, unnest(ARRAY['stage', 'name']) AS field`,
      [id],
    );
  }
  await commentOnOpportunity(
    { actorId: cast.head.id, opportunityId: id },
    { body: 'Well done.', mentions: [cast.architect.id], formKey: crypto.randomUUID() },
  );
});

async function whole(part: TimelinePart, refusals = true): Promise<TimelineEntry[]> {
  const all: TimelineEntry[] = [];
  for (let before: string | null = null, pages = 0; pages < 10; pages++) {
    const page = await readTimeline(db, id, { part, before: parsePlace(before), refusals });
    all.push(...page.entries);
    before = page.older;
    if (before === null) break;
  }
  return all;
}

describe('the timeline', () => {
  it('has everything once, the newest first, page after page', async () => {
    const entries = await whole('all');
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
    expect(entries).toHaveLength(40 + 4 + 1);
    const times = entries.map(({ at }) => at.getTime());
    expect(times).toEqual([...times].sort((one, other) => other - one));
    expect(entries[0]).toMatchObject({
      source: 'comment',
      author: cast.head.name,
      body: 'Well done.',
      told: [cast.architect.name],
    });
    expect(entries.at(-1)).toMatchObject({ text: `assigned ${cast.architect.name}` });
  });

  it('keeps a run together, and is made of its parts', async () => {
    const crm = await whole('crm');
    expect(crm).toHaveLength(40);
    expect(crm[0]).toMatchObject({ change: { fields: [{ field: 'stage' }, { field: 'name' }] } });
    expect(await whole('qualification')).toHaveLength(4);
    expect(await whole('comments')).toHaveLength(1);
  });

  it('calls a knock-out by the name of its criterion, as the audit does', async () => {
    const out = await submittedOpportunity(cast, completeSheet(9, { LEGAL: 2 }));
    const words = /^submitted version 1: .*, knocked out by Legal and commercial readiness$/;
    const { entries } = await readTimeline(db, out, {
      part: 'qualification',
      before: null,
      refusals: false,
    });
    expect(entries[0]).toMatchObject({ text: expect.stringMatching(words) });
    const subject = { type: 'opportunity', id: out };
    const { events } = await listAuditEvents(db, { subject, before: null });
    const { kind, data, criteria } = events[0]!;
    expect(data).toMatchObject({ knockOuts: ['LEGAL'] });
    expect(eventWords(kind, data, criteria).text).toMatch(words);
  });

  it('tells of refusals only where asked', async () => {
    const texts = (await whole('qualification', false)).map((entry) =>
      entry.source === 'event' ? entry.text : '',
    );
    expect(texts).toHaveLength(3);
    expect(texts.join()).not.toContain('refused');
  });
});
