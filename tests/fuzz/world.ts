import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { db } from '#app/lib/db.server.ts';
import { assignOpportunity } from '#app/services/assign-opportunity.server.ts';
import { decide } from '#app/services/decide.server.ts';
import { recommend } from '#app/services/recommend.server.ts';
import { startAssessment } from '#app/services/start-assessment.server.ts';
import type { Application } from '../setup/application.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { pdfFile } from '../factories/files.ts';
import { completeSheet } from '../factories/sheet.ts';
import { createUser } from '../factories/user.ts';
import { acting, submittedId, submitOpen } from '../integration/qualification-setup.ts';
import { markups } from './hostile.ts';
import { people, type Person } from './plan.ts';
import type { Pool } from './request.ts';

/** A kind of opportunity, by whom it can be read. Its name stands in every row of it. */
const groups = {
  cloud: { practice: 'Cloud & Infrastructure' },
  data: { practice: 'Data & AI' },
  sold: { practice: 'Field Works', salesOwnerEmail: 'sales@example.test' },
  sealed: { practice: 'Sealed Works' },
} as const;
type Group = keyof typeof groups;
export const markOf = (group: Group) => `zq-${group}-row`;

/** What a person may never be shown. The architect may be given rows of the cloud by others. */
const foreign: Record<Person, readonly Group[]> = {
  manager: [],
  head: ['data', 'sold', 'sealed'],
  architect: ['sold', 'sealed'],
  sales: ['cloud', 'data', 'sealed'],
  newcomer: ['cloud', 'data', 'sold', 'sealed'],
  anonymous: ['cloud', 'data', 'sold', 'sealed'],
};
export const foreignMarks = (person: Person) => foreign[person].map(markOf);

export interface World {
  app: Application;
  cookies: Partial<Record<Person, string>>;
  pool: Pool;
  /** What a manager may act on: acts on the other rows would bring them into somebody's scope. */
  actPool: Pool;
  /** Ids of the sample people, none of whom may gain or lose anything, and of somebody else for each. */
  decoys: [id: string, decoy: string][];
}

/** Fills the application: opportunities of every group and state, sync runs, files, people. */
export async function createWorld(app: Application): Promise<World> {
  await fillBySync(app);
  const [manager, head, architect] = await Promise.all(
    ['manager', 'head', 'architect'].map(findPerson),
  );
  if (!manager || !head || !architect) throw new Error('The sample people are missing.');
  for (const group of Object.keys(groups) as Group[]) await plantGroup(group);
  for (const group of ['cloud', 'sealed'] as const)
    await qualifyGroup(group, { manager, head, architect });
  const cookies: World['cookies'] = {};
  for (const person of people) {
    if (person !== 'anonymous')
      cookies[person] = (await app.signIn(`${person}@example.test`)).cookie;
  }
  await addFiles(app, cookies.manager ?? '');
  const decoys = await createDecoys();
  const pool = await readPool([...(Object.keys(groups) as Group[])]);
  return { app, cookies, pool, actPool: await readPool(['cloud', 'data']), decoys };
}

/** Two syncs, so that there are runs, changes, a new record and one that cannot be read. */
async function fillBySync({ crm, env }: Application): Promise<void> {
  const sync = (mode: string) =>
    promisify(execFile)('node', ['jobs/sync-command.ts', mode], { env }).catch(
      (error: { code?: number }) => {
        // 2: finished, with records in quarantine.
        if (error.code !== 2) throw error;
      },
    );
  crm.dataset.insertRaw(
    `{"OptyId": 300000900000001, "OptyNumber": "${markOf('sealed')}", "Name": "Broken", "EffectiveDate": "2027-02-31"}`,
  );
  await sync('--full');
  crm.dataset.evolve(10);
  crm.dataset.insert({
    Name: `${markOf('sealed')} of the CRM`,
    Practice_c: groups.sealed.practice,
  });
  await sync('--incremental');
}

async function findPerson(name: string): Promise<{ id: string } | null> {
  return db.user.findFirst({ where: { email: `${name}@example.test` }, select: { id: true } });
}

async function plantGroup(group: Group): Promise<void> {
  for (let index = 0; index < 10; index++) {
    await createOpportunity(db, {
      ...groups[group],
      remoteNumber: index === 9 ? `${group}/9 50%` : `${group}-${index}`,
      name: `${markOf(group)} ${markups[index % markups.length]}`,
      customer: `${markOf(group)} =SUM(1)`,
      raw: { note: markOf(group), html: markups[0] },
    });
  }
}

/** Leads opportunities of a group as far as they go, by people who may; those of the sealed one by nobody known. */
async function qualifyGroup(
  group: Group,
  sample: Record<'manager' | 'head' | 'architect', { id: string }>,
) {
  const practices = [groups[group].practice];
  const own = group === 'cloud';
  const head = own ? sample.head : await createUser(db, { roles: ['PRACTICE_HEAD'], practices });
  const architect = own
    ? sample.architect
    : await createUser(db, { roles: ['SOLUTION_ARCHITECT'], practices });
  for (let index = 1; index <= 8; index++) {
    const row = await db.opportunity.findFirstOrThrow({
      where: { remoteNumber: `${group}-${index}` },
    });
    const id = String(row.id);
    await assignOpportunity(await acting(head, id), architect.id);
    if (index > 1) await startAssessment(await acting(architect, id));
    if (index > 3) await submitOpen(architect, id, completeSheet(7, { LEGAL: 2 }));
    if (index > 5) {
      const assessmentId = await submittedId(id);
      await recommend(await acting(head, id), {
        assessmentId,
        verdict: 'GO',
        rationale: markups[1] ?? '',
      });
      if (index < 7) continue;
      await decide(await acting(sample.manager, id), {
        assessmentId,
        verdict: 'CONDITIONAL_GO',
        reason: 'Legal can be mended.',
        conditions: [{ condition: `Sign ${markups[0]}`, due: '2027-01-31' }],
      });
    }
  }
}

async function addFiles(app: Application, cookie: string): Promise<void> {
  for (const number of ['cloud-2', 'sealed-2']) {
    const form = new FormData();
    form.set('file', new Blob([Uint8Array.from(pdfFile())]), `${markups[0]}.pdf`);
    const address = `${app.url}/opportunities/${number}/files`;
    const answer = await fetch(address, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { Cookie: cookie, Origin: app.url },
    });
    if (answer.status >= 400) throw new Error(`No file was taken: ${await answer.text()}`);
  }
  await db.evidenceFile.updateMany({ data: { scanStatus: 'CLEAN' } });
}

async function createDecoys(): Promise<World['decoys']> {
  const sample = await db.user.findMany({
    where: { email: { in: people.map((name) => `${name}@example.test`) } },
  });
  const decoys: World['decoys'] = [];
  for (const { id, oryIdentityId } of sample) {
    const { id: decoy } = await createUser(db, { name: `Decoy ${markups[0]}` });
    decoys.push([id, decoy], [oryIdentityId, decoy]);
  }
  return decoys;
}

/** Values that exist, for the parameters of paths. */
async function readPool(shown: Group[]): Promise<Pool> {
  const opportunities = await db.opportunity.findMany({
    where: { OR: shown.map((group) => ({ name: { startsWith: markOf(group) } })) },
  });
  const [decisions, files, users, runs, cards] = await Promise.all([
    db.decision.findMany({ where: { opportunityId: { in: opportunities.map(({ id }) => id) } } }),
    db.evidenceFile.findMany(),
    db.user.findMany(),
    db.syncLog.findMany(),
    db.scorecard.findMany(),
  ]);
  const ids = [...runs, ...cards].map(({ id }) => String(id));
  return {
    number: opportunities.map(({ remoteNumber }) => remoteNumber ?? ''),
    remoteId: opportunities.map(({ remoteId }) => String(remoteId)),
    decision: decisions.map(({ id }) => String(id)),
    version: ['1', '2'],
    id: [...ids, ...ids, ...files.map(({ id }) => id), ...users.map(({ id }) => id)],
    '*': [
      ...[
        'self-service/login/browser',
        'self-service/login/flows?id=x',
        'self-service/registration/browser',
      ],
      ...[
        'self-service/recovery/browser',
        'self-service/settings/browser',
        'sessions/whoami',
        'health/alive',
      ],
      ...['admin/identities', 'sessions', 'schemas', 'self-service/errors?id=x', 'none-such'],
    ],
  };
}

/** Signs somebody in again whose session a request has ended. False where that fails. */
export async function signInAgain(world: World, person: Person): Promise<boolean> {
  try {
    world.cookies[person] = (await world.app.signIn(`${person}@example.test`)).cookie;
    return true;
  } catch {
    return false;
  }
}
