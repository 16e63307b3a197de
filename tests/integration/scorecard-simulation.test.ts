import { afterAll, beforeAll, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { listPastSheets } from '#app/models/past-sheet.server.ts';
import { publishedScorecard } from '#app/models/scorecard.server.ts';
import { nextVersionOf, writePastSheets } from '../factories/past-sheets.ts';
import { startApplication, type Application } from '../setup/application.ts';

let app: Application;
let cookie: string;
let path: string;

beforeAll(async () => {
  app = await startApplication();
  cookie = (await app.signIn('manager@example.test')).cookie;
  path = `/admin/scorecards/${(await publishedScorecard(db)).id}/simulate`;
});
afterAll(() => app.stop());

const look = async (query = '') => {
  const response = await fetch(app.url + path + query, { headers: { Cookie: cookie } });
  return { status: response.status, text: (await response.text()).replaceAll('<!-- -->', '') };
};

it('says that there is nothing to replay yet', async () => {
  const { status, text } = await look();
  expect(status).toBe(200);
  expect(text).toContain('No assessment has been submitted yet');
});

it('replays the latest submitted assessment of each opportunity, and nothing else', async () => {
  await writePastSheets(db, { count: 40, rating: 7, crmStatus: (n) => (n % 2 ? 'WON' : 'LOST') });
  await nextVersionOf(db, 5, { status: 'SUBMITTED', rating: 2 });
  await nextVersionOf(db, 3, { status: 'DRAFT', rating: 0 });
  const sheets = await listPastSheets(db);
  expect(sheets).toHaveLength(40);
  expect(sheets.filter(({ ratings }) => ratings.STRAT === 2)).toHaveLength(5);
  expect(sheets.filter(({ outcome }) => outcome === 'won')).toHaveLength(20);
  expect(sheets.every(({ ratings }) => Object.keys(ratings).length === 9)).toBe(true);
});

it('flips nothing on the scorecard itself, and warns that few are closed', async () => {
  const { status, text } = await look();
  expect(status).toBe(200);
  expect(text).toContain('No assessment speaks for anything else than before');
  expect(text).toContain('Too few closed opportunities to choose weights by');
  expect(text).toContain('n = 35');
  expect(text).toContain('0 closed, 20 more needed');
});

it('shows which flip where an edge moves, by address alone, saving nothing', async () => {
  const { status, text } = await look('?from.pursue=80');
  expect(status).toBe(200);
  expect(text).toContain('35 GO → Either');
  expect(text).toContain('>35 flips<');
  expect(text).toMatch(/href="\/opportunities\/PAST-\d+"/);
  expect((await publishedScorecard(db)).definition.bands[0]?.from).toBe(700);
});

it('keeps what was typed and says what is wrong with it', async () => {
  const { status, text } = await look('?weight.STRAT=14&knock-out.LEGAL=x');
  expect(status).toBe(400);
  expect(text).toContain('The weights add up to 99, not to 100.');
  expect(text).toMatch(/name="weight\.STRAT"[^>]*value="14"/);
});

it('replays ten thousand in one request, in a time somebody waits for', async () => {
  await writePastSheets(db, {
    count: 10_000,
    rating: null,
    crmStatus: (n) => ['WON', 'LOST', 'NO_SALE', 'OPEN'][n % 4] ?? 'OPEN',
  });
  await db.$executeRawUnsafe('ANALYZE assessments, assessment_ratings, opportunities');
  await look('?from.pursue=80');
  const start = performance.now();
  const { status, text } = await look('?from.pursue=65&knock-out.RISK=1');
  const took = performance.now() - start;
  expect(status).toBe(200);
  expect(text).toContain('10,040');
  expect(text).toContain('the first 200');
  expect(took).toBeLessThan(5_000);
});
