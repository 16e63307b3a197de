import { describe, expect, it } from 'vitest';
import { allowedOryPath } from './proxy-path.ts';

describe('what a browser may reach of the identity server', () => {
  it.each([
    '/self-service/login/browser',
    '/self-service/login',
    '/self-service/recovery',
    '/sessions',
    '/sessions/whoami',
    '/sessions/7f0c3ad0-4d5a-4a3e-9e5f-3b8f4b3b7e11',
    '/schemas/ZGVmYXVsdA',
    '/.well-known/ory/webauthn.js',
    '/health/alive',
  ])('lets %s pass', (path) => expect(allowedOryPath(path)).toBe(path));

  it('sends on what it has judged, decoded', () => {
    expect(allowedOryPath('/self-service/l%6fgin')).toBe('/self-service/login');
  });

  it.each([
    '/admin/identities',
    '/identities',
    '/recovery/code',
    '/recovery/link',
    '/version',
    '/health/ready',
    '/self-service/../admin/identities',
    '/self-service/%2e%2e/admin/identities',
    '/self-service/%2E%2e%2fadmin%2fidentities',
    '/self-service/%252e%252e/admin',
    '/self-service%2f..%2f..%2fidentities',
    '/sessions/admin/identities',
    '/sessions/ADMIN',
    '/self-service/identities',
    '/self-service//admin',
    '/self-service/login\\..\\admin',
    '/self-service/login%00',
    '/self-service/login%0d%0aHost:x',
    '/self-service/%E0%A4%A',
    '/self-servicex',
    '/sessionsadmin',
    '',
    '/',
    '//evil.test/self-service',
  ])('refuses %s', (path) => expect(allowedOryPath(path)).toBeNull());
});
