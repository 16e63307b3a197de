// Leads one opportunity to its decision by the sample people, and prints the address of its memo.
import { db, pool } from '#app/lib/db.server.ts';
import { memoPath } from '#app/lib/memo-path.ts';
import { assignOpportunity } from '#app/services/assign-opportunity.server.ts';
import { decide } from '#app/services/decide.server.ts';
import { recommend } from '#app/services/recommend.server.ts';
import { startAssessment } from '#app/services/start-assessment.server.ts';
import { completeSheet } from '../factories/sheet.ts';
import { acting, stand, submitOpen, submittedId } from '../integration/qualification-setup.ts';

const person = (email: string) =>
  db.user.findFirstOrThrow({ where: { email }, select: { id: true } });
const manager = await person('manager@example.test');
const head = await person('head@example.test');
const architect = await person('architect@example.test');
const { id: key } = await db.opportunity.findFirstOrThrow({
  where: { practice: 'Cloud & Infrastructure', workflowStatus: 'NEW', goneSince: null },
  orderBy: { id: 'desc' },
  select: { id: true },
});
const id = String(key);
await assignOpportunity(await acting(head, id), architect.id);
await startAssessment(await acting(architect, id));
await submitOpen(architect, id, completeSheet(7, { LEGAL: 2 }));
const assessmentId = await submittedId(id);
await recommend(await acting(head, id), { assessmentId, verdict: 'GO', rationale: 'Worth it.' });
const outcome = await decide(await acting(manager, id), {
  assessmentId,
  verdict: 'CONDITIONAL_GO',
  reason: 'Legal can be mended.',
  conditions: [{ condition: 'Sign the terms', due: '2027-01-31' }],
});
if (!outcome.ok) throw new Error(outcome.message);
console.log(memoPath((await stand(id)).opportunity, outcome.decisionId));
await db.$disconnect();
await pool.end();
