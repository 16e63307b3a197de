// npm run test:ory: holds a real Kratos against the contract the local identity server keeps.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { howToPoint, probe } from './setup/ory-target.ts';

const given = process.env;
const { KRATOS_PUBLIC_URL: publicUrl, KRATOS_ADMIN_URL: adminUrl } = given;
if (!publicUrl || !adminUrl) {
  console.error(howToPoint);
  process.exit(2);
}

const instances = [
  { title: 'Kratos', publicUrl, adminUrl },
  {
    title: 'With short lifespans',
    publicUrl: given.KRATOS_SHORT_PUBLIC_URL,
    adminUrl: given.KRATOS_SHORT_ADMIN_URL,
  },
  {
    title: 'With forms in two steps',
    publicUrl: given.KRATOS_IDENTIFIER_FIRST_PUBLIC_URL,
    adminUrl: given.KRATOS_IDENTIFIER_FIRST_ADMIN_URL,
  },
];
let reachable = true;
for (const { title, ...urls } of instances) {
  if (!urls.publicUrl && !urls.adminUrl) {
    console.log(`${title}: not given; its rows are skipped`);
    continue;
  }
  const found = await probe(urls.publicUrl ?? '', urls.adminUrl ?? '');
  console.log(`${title}: ${found.words}`);
  reachable &&= found.ok;
}
if (!reachable) process.exit(2);

const report = 'test-results/reports/ory.json';
mkdirSync('test-results/reports', { recursive: true });
rmSync(report, { force: true });
const { status } = spawnSync(
  'node_modules/.bin/vitest',
  [
    ...['run', '--project', 'integration', '--reporter=default', '--reporter=json'],
    ...[`--outputFile.json=${report}`, 'tests/contract'],
  ],
  { stdio: 'inherit', env: { ...given, NO_UPDATE_NOTIFIER: '1' } },
);
const result = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = result;
console.log(`\nContract: ${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(status ?? 1);
