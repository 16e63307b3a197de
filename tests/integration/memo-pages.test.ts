import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { decide } from '#app/services/decide.server.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { pdfText } from '../setup/pdf-text.ts';
import { completeSheet } from '../factories/sheet.ts';
import {
  acting,
  createCast,
  recommendedOpportunity,
  submittedId,
  type Cast,
} from './qualification-setup.ts';

let app: Application;
let cast: Cast;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  app = await startApplication();
  cast = await createCast();
  for (const who of ['manager', 'head', 'architect']) {
    cookies[who] = (await app.signIn(`${who}@example.test`)).cookie;
  }
});
afterAll(() => app.stop());

const markup = '<script>alert(1)</script> & Söhne';

/** A decided opportunity and the address of its memo. */
async function decided(name: string = markup) {
  const id = await recommendedOpportunity(cast, completeSheet(7, { LEGAL: 2 }));
  const { remoteNumber } = await db.opportunity.update({
    where: { id: BigInt(id) },
    data: { name },
  });
  const outcome = await decide(await acting(cast.manager, id), {
    assessmentId: await submittedId(id),
    verdict: 'CONDITIONAL_GO',
    reason: 'Юристы согласны. Συμφωνία. Hợp đồng. 東京',
    conditions: [{ condition: 'Sign the terms', due: '2027-01-31' }],
  });
  if (!outcome.ok) throw new Error(outcome.message);
  const { decisionId } = outcome;
  return { decisionId, path: `/opportunities/${remoteNumber}/memo/${decisionId}` };
}

function get(path: string, who = 'manager') {
  return fetch(app.url + path, { headers: { Cookie: cookies[who] ?? '' }, redirect: 'manual' });
}

describe('the page of a memo', () => {
  it('shows what was frozen and that it matches, names being text', async () => {
    const { path, decisionId } = await decided();
    await db.opportunity.updateMany({ where: { name: markup }, data: { name: 'Changed later' } });
    const response = await get(path, 'architect');
    expect(response.status).toBe(200);
    const html = await response.text();
    const { sha256 } = await db.decisionMemo.findUniqueOrThrow({
      where: { decisionId: BigInt(decisionId) },
    });
    expect(html).toContain(sha256);
    expect(html).toContain('Matches its hash');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; Söhne');
    expect(html).not.toContain('<script>alert(1)');
    expect(html).not.toContain('Changed later');
    expect(html).toContain('1,250,000.50 EUR');
    expect(html).not.toContain('Since then');
  });

  it('puts what happened since apart from what was frozen', async () => {
    const { path, decisionId } = await decided();
    await db.decisionCondition.updateMany({
      where: { decisionId: BigInt(decisionId) },
      data: { metAt: new Date(), metByName: 'Sam Sales', metNote: 'Signed on Monday.' },
    });
    const html = await (await get(path)).text();
    expect(html.indexOf('Since then')).toBeGreaterThan(html.indexOf('</article>'));
    expect(html).toContain('Signed on Monday.');
  });

  it('says loudly when the text was changed, even beyond reading', async () => {
    const { path, decisionId } = await decided();
    const alter = async (content: string) => {
      await db.$executeRawUnsafe('ALTER TABLE decision_memos DISABLE TRIGGER ALL');
      await db.$executeRaw`UPDATE decision_memos
        SET content = replace(content, '"CONDITIONAL_GO"', ${content})
        WHERE decision_id = ${BigInt(decisionId)}`;
      await db.$executeRawUnsafe('ALTER TABLE decision_memos ENABLE TRIGGER ALL');
    };
    await alter('"GO"');
    const html = await (await get(path)).text();
    expect(html).toContain('This memo does not match its hash');
    expect(html).not.toContain('Matches its hash');
    expect(pdfText(await bytesOf(`${path}/memo.pdf`))).toContain('does not match its hash');
    await db.$executeRawUnsafe('ALTER TABLE decision_memos DISABLE TRIGGER ALL');
    await db.$executeRaw`UPDATE decision_memos SET content = '{' WHERE decision_id = ${BigInt(decisionId)}`;
    await db.$executeRawUnsafe('ALTER TABLE decision_memos ENABLE TRIGGER ALL');
    const broken = await get(path);
    expect(broken.status).toBe(200);
    expect(await broken.text()).toContain('This memo does not match its hash');
    expect((await get(`${path}/memo.pdf`)).status).toBe(409);
  });

  it.each(['', '/memo.json', '/memo.pdf'])('%s is not there for others', async (page) => {
    const { path, decisionId } = await decided();
    const { path: other } = await decided();
    expect((await get(path + page, 'head')).status).toBe(404);
    expect((await get(path + page, 'manager')).status).toBe(200);
    for (const address of [
      other.replace(/\d+$/, decisionId),
      path.replace(/\d+$/, '999999999'),
      path.replace(/\d+$/, 'x'),
      path.replace(/\d+$/, '0'),
      path.replace(/\d+$/, '9'.repeat(30)),
    ]) {
      expect((await get(address + page)).status).toBe(404);
    }
  });
});

async function bytesOf(path: string): Promise<Buffer> {
  const response = await get(path);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

describe('a copy of a memo', () => {
  it('as JSON is the text whose hash is shown', async () => {
    const { path, decisionId } = await decided();
    const response = await get(`${path}/memo.json`);
    expect(response.headers.get('Content-Type')).toContain('application/json');
    expect(response.headers.get('Content-Disposition')).toMatch(
      /filename="decision-memo-N-\d+-\d+\.json"/,
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await (await get(path)).text()).toContain(sha256);
    expect(JSON.parse(bytes.toString())).toMatchObject({ format: 1, decision: { id: decisionId } });
  });

  it('as PDF says the same in every script it has, and says what it lacks', async () => {
    const { path, decisionId } = await decided();
    const response = await get(`${path}/memo.pdf`);
    expect(response.headers.get('Content-Type')).toBe('application/pdf');
    expect(response.headers.get('Content-Disposition')).toMatch(/^inline; filename="[\w-]+\.pdf"$/);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.subarray(-8).toString()).toContain('%%EOF');
    const text = pdfText(bytes);
    const { sha256 } = await db.decisionMemo.findUniqueOrThrow({
      where: { decisionId: BigInt(decisionId) },
    });
    for (const part of [
      ...[sha256, markup, 'Conditional GO', 'Юристы согласны.', 'Συμφωνία.', 'Hợp đồng.'],
      ...['[2 Chinese letters]', '1,250,000.50 EUR', 'Sign the terms (due 31 Jan 2027)'],
      ...['Strategic fit', 'Worth the effort.', 'not set in CRM', 'Matches its hash'],
    ]) {
      expect(text.replaceAll(' ', '')).toContain(part.replaceAll(' ', ''));
    }
    const saved = await get(`${path}/memo.pdf?download`);
    expect(saved.headers.get('Content-Disposition')).toMatch(/^attachment/);
    await saved.body?.cancel();
  });
});
