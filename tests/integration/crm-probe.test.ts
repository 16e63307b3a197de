import { spawn } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { startCrmSimulator, type CrmSimulator, type CrmSimulatorOptions } from '#dev/crm/server.ts';
import type { Fault } from '#dev/crm/server.ts';

let crm: CrmSimulator | null = null;
afterEach(() => crm?.stop());

/** Runs the command against a simulator and gives what it printed and how it ended. */
async function probe(
  options: CrmSimulatorOptions,
  {
    env = {},
    faults = [],
    args = [],
  }: { env?: Record<string, string>; faults?: Fault[]; args?: string[] },
) {
  crm = await startCrmSimulator({ opportunities: 400, ...options });
  for (const fault of faults) crm.faults.add(fault);
  const child = spawn(process.execPath, ['jobs/probe-command.ts', ...args], {
    env: {
      ...process.env,
      ORACLE_BASE_URL: crm.url,
      ORACLE_USERNAME: 'bqs-integration',
      ORACLE_PASSWORD: 'bqs-demo-crm',
      ORACLE_TIMEOUT_SECONDS: '1',
      ...env,
    },
  });
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const code = await new Promise((ended) => child.on('exit', ended));
  expect(said).not.toMatch(/bqs-demo-crm|\n\s+at |node:internal/);
  return { said, code };
}

describe('the probe of the CRM', () => {
  it.each([1, 4])('says what follows for an ordinary tenant, framework %i', async (version) => {
    const env = { ORACLE_FRAMEWORK_VERSION: String(version) };
    const { said, code } = await probe({}, { env });
    expect(code).toBe(0);
    expect(said).toContain(`Framework version ${version} is allowed`);
    expect(said).toContain('Closed opportunities are shown without a finder');
    expect(said).not.toContain('Still missing:');
    const settings = said.slice(said.indexOf('Settings that follow:')).trim().split('\n').slice(1);
    expect(settings.sort()).toEqual([
      'ORACLE_DELTA_LITERAL=timestamp',
      'ORACLE_PAGE_SIZE=499',
      'ORACLE_REGION_FIELD=Region_c',
      'ORACLE_SECTOR_FIELD=Sector_c',
    ]);
  });

  it.each([1, 4])(
    'finds a narrow scope, a low cap, no custom fields, framework %i',
    async (version) => {
      const env = { ORACLE_FRAMEWORK_VERSION: String(version) };
      const options = { bareGetScope: 'ownOpenPeriod', customFields: false, pageCap: 100 } as const;
      const { said, code } = await probe(options, { env });
      expect(code).toBe(0);
      expect(said).toMatch(
        /ORACLE_FINDER=MyOpportunitiesFinder;RecordSet=ALLOPTIES,OptyStatusCode=ALL/,
      );
      expect(said).toContain('ORACLE_PAGE_SIZE=100');
      expect(said).toContain('Practice_c (practice) is not described');
      expect(said.slice(said.indexOf('Still missing:'))).toContain(
        'Practice_c is not described: ORACLE_PRACTICE_FIELD must name another field.',
      );
      expect(said).toContain('50 records came in strictly rising order');
    },
  );

  it('looks for an opportunity of somebody else', async () => {
    const { said } = await probe({}, { args: ['--number', 'none/such'] });
    expect(said).toContain('Opportunity none/such is not shown to us (404)');
  });

  it.each<[string, Fault, RegExp]>([
    ['a wrong password', { kind: 'unauthorized' }, /refused our credentials \(401\)/],
    ['no permission', { kind: 'status', status: 403 }, /does not let our account read/],
    ['a wrong address', { kind: 'status', status: 404 }, /\(404\).*Check ORACLE_BASE_URL/],
    ['a login page', { kind: 'html' }, /200 with a web page/],
    ['a redirect', { kind: 'redirect' }, /redirected us \(302\)/],
    ['silence', { kind: 'hang' }, /did not answer within 1 seconds/],
    ['silence later on', { kind: 'hang', match: { afterRequests: 3 } }, /has stopped answering/],
    [
      'an order ignored',
      { kind: 'ignore-order', match: { path: 'orderBy' } },
      /OptyId cannot be walked by/,
    ],
    [
      'no watermark',
      { kind: 'missing-attribute', attribute: 'LastUpdateDate' },
      /LastUpdateDate is not described: the watermark/,
    ],
  ])('ends 1 on %s, in words', async (_case, fault, words) => {
    const { said, code } = await probe({}, { faults: [fault] });
    expect(said).toMatch(words);
    expect(said).toContain('The sync cannot work like this:');
    expect(code).toBe(1);
  });

  it('goes on without a description', async () => {
    const faults: Fault[] = [{ kind: 'status', status: 404, match: { path: '/describe' } }];
    const { said, code } = await probe({}, { faults });
    expect(said).toMatch(/Description\n {2}NO .*\(404\)/);
    expect(said).toContain('ORACLE_PAGE_SIZE=499');
    expect(code).toBe(0);
  });

  it('says how it is used', async () => {
    const { said, code } = await probe({}, { args: ['--nonsense'] });
    expect(said).toContain('Usage: npm run crm:probe');
    expect(code).toBe(1);
  });
});
