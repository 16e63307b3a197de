import { describe, expect, it } from 'vitest';
import { flowLimits, viewerLimits } from './rate-limit.ts';
import {
  countedAddress,
  flowLimitsOf,
  stepsOf,
  tooOftenWords,
  viewerLimitOf,
} from './rate-limit-match.ts';

const form = (fields: Record<string, string>) => new Map(Object.entries(fields));
const flow = (kind: string, fields: Record<string, string>, method = 'POST') => {
  const path = `/self-service/${kind}`;
  const limits = flowLimitsOf(method, path, stepsOf(path, form(fields)));
  return limits.map(({ kind, by }) => `${kind} by ${by}`);
};

describe('what a form of the identity server counts towards', () => {
  it('is the account before the address before everybody, so that one browser uses up little', () => {
    expect(
      flow('login', { method: 'password', identifier: 'a@example.test', password: 'x' }),
    ).toEqual(['sign-in by account-from-address', 'sign-in by address', 'sign-in by account']);
  });

  it.each([
    [
      'login',
      { method: 'totp', totp_code: '1' },
      ['second-factor by session', 'sign-in by address'],
    ],
    ['login', { method: 'identifier_first', identifier: 'a' }, ['sign-in-begin by address']],
    // A password under the name of the first step counts as a password.
    [
      'login',
      { method: 'identifier_first', identifier: 'a', password: 'x' },
      ['sign-in by account-from-address', 'sign-in by address', 'sign-in by account'],
    ],
    [
      'recovery',
      { email: 'a' },
      ['mail by account-from-address', 'mail by address', 'mail by account'],
    ],
    ['verification', { code: '1' }, ['code by flow', 'code by address']],
    [
      'recovery',
      { code: '1', email: 'a' },
      [
        ...['mail by account-from-address', 'mail by address', 'mail by account'],
        ...['code by flow', 'code by address'],
      ],
    ],
    ['recovery', {}, ['code by flow', 'code by address']],
    ['registration', { 'traits.email': 'a' }, ['registration by address']],
    ['settings', { password: 'x' }, ['settings by session']],
    ['logout', {}, []],
  ])('of %s with %j', (kind, fields, expected) => {
    expect(flow(kind, fields as Record<string, string>)).toEqual(expected);
  });

  it('is the start of a flow, whichever, and no other reading', () => {
    expect(flow('login/browser', {}, 'GET')).toEqual(['flow-start by address']);
    expect(flow('login/api', {}, 'GET')).toEqual(['flow-start by address']);
    expect(flow('login/flows', {}, 'GET')).toEqual([]);
  });
});

describe('what a signed-in person does counts as', () => {
  it.each([
    ['POST', '/sync', 'sync'],
    ['POST', '/api/sync-database', 'sync'],
    ['GET', '/audit/export', 'export'],
    ['GET', '/audit/e%78port', 'export'],
    ['GET', '/sync/runs/1/export', 'export'],
    ['GET', '/opportunities/A%2F1/memo/1/memo.pdf', 'export'],
    ['POST', '/opportunities/1/files', 'upload'],
    ['POST', '/opportunities/1/assess/draft', 'draft'],
    ['POST', '/api/users/1/role', 'api-change'],
    ['GET', '/api/opportunities', 'api-read'],
    ['GET', '/API/opportunities/', 'api-read'],
    ['POST', '/opportunities/1', 'change'],
    ['POST', '/people.data', 'change'],
    ['POST', '/sync.data', 'sync'],
    ['POST', '/%E0%A4%A', 'change'],
    ['GET', '/opportunities', null],
    ['GET', '/opportunities.data', null],
    ['GET', '/sync/stream', null],
  ])('%s %s: %s', (method, path, kind) => {
    expect(viewerLimitOf(method, path)?.kind ?? null).toBe(kind);
  });
});

describe('the tables', () => {
  it.each([...flowLimits, ...viewerLimits])('$kind by $by is bounded and has words', (limit) => {
    expect(limit.points).toBeGreaterThan(0);
    // Nobody is kept out for longer than an hour, whoever did it.
    expect(limit.seconds).toBeLessThanOrEqual(3600);
    expect(tooOftenWords(limit, 600)).toMatch(/^[A-Z].+ too often .+ about 10 minutes\.$/);
  });

  it('lets no one address use up what all addresses together may try on an account', () => {
    const of = (kind: string, by: string) =>
      flowLimits.find((limit) => limit.kind === kind && limit.by === by)?.points ?? 0;
    expect(of('sign-in', 'account')).toBeGreaterThanOrEqual(
      10 * of('sign-in', 'account-from-address'),
    );
    expect(of('mail', 'account')).toBeGreaterThan(of('mail', 'account-from-address'));
  });
});

describe('an address as it is counted', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s is %s', (address, counted) => expect(countedAddress(address)).toBe(counted));
});
