import { describe, expect, it } from 'vitest';
import { browserUrl } from './browser-url.ts';

const network = 'https://quiet-fox-1a2b.projects.oryapis.com';
const app = 'https://bqs.example.test';
const seen = (value: string, publicUrl = network) => browserUrl(value, { publicUrl, appUrl: app });

describe('where the identity server points', () => {
  it.each([
    [`${network}/self-service/login?flow=1`, `${app}/.ory/self-service/login?flow=1`],
    [
      `${network}/self-service/login/browser?aal=aal2&return_to=https%3A%2F%2Fbqs.example.test%2Fx`,
      `${app}/.ory/self-service/login/browser?aal=aal2&return_to=https%3A%2F%2Fbqs.example.test%2Fx`,
    ],
    [`${network}/.well-known/ory/webauthn.js`, `${app}/.ory/.well-known/ory/webauthn.js`],
    [`${network}:443/sessions/whoami`, `${app}/.ory/sessions/whoami`],
    [`${app}/login?flow=1`, `${app}/login?flow=1`],
    [`${app}/.ory/self-service/login?flow=1`, `${app}/.ory/self-service/login?flow=1`],
    ['/login?flow=1', `${app}/login?flow=1`],
  ])('is %s for a browser at %s', (value, expected) => {
    expect(seen(value)).toBe(expected);
  });

  it.each([
    'https://evil.test/self-service/login',
    '//evil.test/self-service/login',
    '\\\\evil.test',
    `${network}.evil.test/self-service/login`,
    `https://evil.test@quiet-fox-1a2b.projects.oryapis.com.evil.test/self-service/login`,
    `${network}:8443/self-service/login`,
    `http://quiet-fox-1a2b.projects.oryapis.com/self-service/login`,
    'https://other-project.projects.oryapis.com/self-service/login',
    `${network}/admin/identities`,
    `${network}/identities`,
    `${network}/self-service/../admin/identities`,
    `${network}/self-service/%2e%2e/admin/identities`,
    `${network}/self-service/%2e%2e%2fadmin`,
    `${network}//evil.test/`,
    `${network}/`,
    network,
    `${app}.evil.test/`,
    `https://bqs.example.test:8443/`,
    'http://bqs.example.test/',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://[',
  ])('is outside for %s', (value) => {
    expect(seen(value)).toBeNull();
  });

  it('drops a name before the host, and what follows a hash', () => {
    const value = `https://evil:x@quiet-fox-1a2b.projects.oryapis.com/self-service/login?flow=1#x`;
    expect(seen(value)).toBe(`${app}/.ory/self-service/login?flow=1`);
  });

  it('knows a public API below a path', () => {
    const below = 'http://gateway.internal:8080/kratos';
    expect(seen(`${below}/self-service/login?flow=1`, below)).toBe(
      `${app}/.ory/self-service/login?flow=1`,
    );
    expect(seen('http://gateway.internal:8080/self-service/login', below)).toBeNull();
    expect(seen('http://gateway.internal:8080/kratos-admin/self-service/x', below)).toBeNull();
  });
});
