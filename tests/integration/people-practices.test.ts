import { beforeEach, describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import { listAuditActors, listAuditEvents } from '#app/models/audit-list.server.ts';
import { listPeople } from '#app/models/people.server.ts';
import { listPractices, suggestPractices } from '#app/models/practice.server.ts';
import { mirrorIdentity } from '#app/models/mirror.server.ts';
import { addPractice } from '#app/services/add-practice.server.ts';
import { joinPractice } from '#app/services/join-practice.server.ts';
import { leavePractice } from '#app/services/leave-practice.server.ts';
import { removePractice } from '#app/services/remove-practice.server.ts';
import { fillOpportunities } from '../factories/opportunities.ts';
import { createUser } from '../factories/user.ts';

beforeEach(async () => {
  await db.user.deleteMany();
  await db.practice.deleteMany();
});

const manager = () => createUser(db, { roles: ['MANAGER'] });

describe('practices', () => {
  it('are added once, by a manager, under a name', async () => {
    const actor = await manager();
    expect(await addPractice({ actor, name: '  Data & AI ' })).toMatchObject({
      ok: true,
      name: 'Data & AI',
    });
    expect(await addPractice({ actor, name: 'Data & AI' })).toMatchObject({
      ok: false,
      reason: 'exists',
    });
    expect(await addPractice({ actor, name: ' ' })).toMatchObject({ ok: false, reason: 'no-name' });
    const nobody = await createUser(db);
    expect(await addPractice({ actor: nobody, name: 'X' })).toMatchObject({
      reason: 'not-allowed',
    });
    expect((await listPractices(db)).map(({ name }) => name)).toEqual(['Data & AI']);
  });

  it('need a name that can be seen, and one that nobody takes for another', async () => {
    const actor = await manager();
    await addPractice({ actor, name: 'Data & AI' });
    const refusal = async (name: string) => {
      const result = await addPractice({ actor, name });
      return result.ok ? null : result.reason;
    };
    expect(await refusal('\u200b')).toBe('no-name');
    expect(await refusal('\ufffd\ufffd\ufffd')).toBe('no-name');
    for (const name of ['Cloud\ufffd', 'Cloud\u202e', 'Clo\u0007ud', 'Clo\nud', 'Cloud\ud800']) {
      expect([name, await refusal(name)]).toEqual([name, 'unseen']);
    }
    expect(await refusal('data &  ai')).toBe('exists');
    await pool.query(
      `INSERT INTO opportunities (remote_id, practice, raw, content_hash) VALUES (7, 'DATA & AI', '{}', '')`,
    );
    expect(await refusal('DATA & AI')).toBeNull();
    await pool.query('DELETE FROM opportunities');
  });

  it('are removed once nobody belongs to them, by a manager, on the record', async () => {
    const actor = await manager();
    const added = await addPractice({ actor, name: 'Cloud' });
    if (!added.ok) throw new Error(added.message);
    const practiceId = BigInt(added.id);
    await joinPractice({ actor, userId: actor.id, practiceId });
    expect(await removePractice({ actor, practiceId })).toMatchObject({ reason: 'has-members' });
    await leavePractice({ actor, userId: actor.id, practiceId });
    const nobody = await createUser(db);
    expect(await removePractice({ actor: nobody, practiceId })).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await removePractice({ actor, practiceId })).toEqual({ ok: true, name: 'Cloud' });
    expect(await removePractice({ actor, practiceId })).toMatchObject({ reason: 'unknown' });
    const filter = { kind: 'practice.removed' as const, actor: actor.id, subject: null };
    expect((await listAuditEvents(db, { ...filter, before: null })).events).toHaveLength(1);
  });

  it('count who left apart from who is here', async () => {
    const practices = ['Cloud'];
    const gone = [{ deactivatedAt: new Date() }, { deletedAt: new Date() }];
    for (const data of [{}, ...gone]) {
      const { id } = await createUser(db, { practices });
      await db.user.update({ where: { id }, data });
    }
    await createUser(db, { practices: ['Empty'] });
    await db.userPractice.deleteMany({ where: { practice: { name: 'Empty' } } });
    expect(await listPractices(db)).toMatchObject([
      { name: 'Cloud', members: 3, active: 1 },
      { name: 'Empty', members: 0, active: 0 },
    ]);
  });

  it('give their members the scope of their name, and take it away again', async () => {
    const actor = await manager();
    const identity = { id: crypto.randomUUID(), email: null, emailVerified: false, name: 'Pia' };
    const { id: userId } = await mirrorIdentity(db, identity);
    const added = await addPractice({ actor, name: 'Cybersecurity' });
    if (!added.ok) throw new Error(added.message);
    const change = { actor, userId, practiceId: BigInt(added.id) };
    expect(await joinPractice(change)).toMatchObject({ ok: true, changed: true });
    expect(await joinPractice(change)).toMatchObject({ ok: true, changed: false });
    expect((await mirrorIdentity(db, identity)).practices).toEqual(['Cybersecurity']);
    expect(await leavePractice(change)).toMatchObject({ ok: true, changed: true });
    expect((await mirrorIdentity(db, identity)).practices).toEqual([]);
    const { events } = await listAuditEvents(db, {
      kind: null,
      actor: null,
      subject: { type: 'user', id: userId },
      before: null,
    });
    expect(events.map(({ kind }) => kind)).toEqual([
      'practice.member_removed',
      'practice.member_added',
    ]);
  });

  it('that the CRM names and nobody has added are suggested with their counts', async () => {
    await fillOpportunities(pool, { rows: 500 });
    const before = await suggestPractices(db);
    const [first] = before;
    expect(before.length).toBeGreaterThan(2);
    expect(first?.opportunities).toBe(
      await db.opportunity.count({ where: { practice: first?.name, goneSince: null } }),
    );
    await addPractice({ actor: await manager(), name: first?.name ?? '' });
    expect(await suggestPractices(db)).toEqual(before.slice(1));
  });
});

describe('the list of people', () => {
  it('shows everybody once, by name, over as many pages as it takes', async () => {
    for (let index = 0; index < 120; index++) {
      // Equal names, so that the place in the list needs the id too.
      await createUser(db, { name: `Person ${String(index % 40).padStart(2, '0')}` });
    }
    const seen: string[] = [];
    const names: string[] = [];
    let after: string | null = null;
    do {
      const page = await listPeople(db, { search: '', after });
      expect(page.total).toBe(120);
      seen.push(...page.people.map(({ id }) => id));
      names.push(...page.people.map(({ name }) => name));
      after = page.next;
    } while (after);
    expect(new Set(seen).size).toBe(120);
    expect(names).toEqual([...names].sort());
  });

  it('finds part of a name or an address, and takes no wildcards', async () => {
    await createUser(db, { name: 'Ada 100%', email: 'ada@example.test', roles: ['SALES'] });
    await createUser(db, { name: 'Bert', email: 'bert_b@example.test' });
    const found = async (search: string) =>
      (await listPeople(db, { search, after: null })).people.map(({ name }) => name);
    expect(await found('ADA')).toEqual(['Ada 100%']);
    expect(await found('bert_')).toEqual(['Bert']);
    expect(await found('%')).toEqual(['Ada 100%']);
    expect(await found('nobody')).toEqual([]);
  });

  it('begins at the beginning where the place is nonsense', async () => {
    await createUser(db, { name: 'Ada' });
    for (const after of ['x', 'W10', Buffer.from('["a","b"]').toString('base64url')]) {
      expect((await listPeople(db, { search: '', after })).people).toHaveLength(1);
    }
  });
});

describe('the list of audit events', () => {
  it('goes from the newest to the oldest, each event once, and filters by who and what', async () => {
    const actor = await manager();
    for (let index = 0; index < 60; index++)
      await addPractice({ actor, name: `Practice ${index}` });
    const filter = { kind: 'practice.created' as const, actor: actor.id, subject: null };
    const first = await listAuditEvents(db, { ...filter, before: null });
    const second = await listAuditEvents(db, { ...filter, before: BigInt(first.next ?? 0) });
    const subjects = [...first.events, ...second.events].map(({ subject }) => subject.name);
    expect(subjects).toEqual(Array.from({ length: 60 }, (_, index) => `Practice ${59 - index}`));
    expect(second.next).toBeNull();
    const nobody = { ...filter, actor: 'BQS', before: null };
    expect((await listAuditEvents(db, nobody)).events).toEqual([]);
    expect(await listAuditActors(db)).toEqual([{ id: actor.id, name: actor.name }]);
  });
});
