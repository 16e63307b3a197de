import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { seal } from '#dev/ory/cookies.ts';
import { samplePassword } from '#dev/ory/sample-accounts.ts';
import type { Role, Viewer } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { revokeRole } from '#app/services/revoke-role.server.ts';
import { createUser } from '../../factories/user.ts';
import type { Application } from '../../setup/application.ts';
import { signInThrough, type Visitor } from '../../setup/sign-in.ts';

/** As whom somebody counts; `viewer` is what BQS knows of them, roles and practices included. */
export type Standing =
  { state: 'anonymous' } | { state: 'second-factor' } | { state: 'signed-in'; viewer: Viewer };

export interface Person {
  name: string;
  headers: Record<string, string>;
  /** On pages, in data requests, on streams and files. */
  standing: Standing;
  /** On the API, which takes tokens too. */
  onApi: Standing;
}

interface Account {
  roles: Role[];
  practices?: string[];
  verified?: boolean;
}

const accounts: Record<string, Account> = {
  'no role': { roles: [] },
  manager: { roles: ['MANAGER'] },
  head: { roles: ['PRACTICE_HEAD'], practices: ['North'] },
  architect: { roles: ['SOLUTION_ARCHITECT'], practices: ['North'] },
  sales: { roles: ['SALES'] },
  'architect and sales': { roles: ['SOLUTION_ARCHITECT', 'SALES'], practices: ['North'] },
  'head and architect': { roles: ['PRACTICE_HEAD', 'SOLUTION_ARCHITECT'], practices: ['North'] },
  'head elsewhere': { roles: ['PRACTICE_HEAD'], practices: ['South'] },
  'architect elsewhere': { roles: ['SOLUTION_ARCHITECT'], practices: ['South'] },
  'head of nothing': { roles: ['PRACTICE_HEAD'] },
  'sales unverified': { roles: ['SALES'], verified: false },
  'role revoked': { roles: ['MANAGER'] },
  inactive: { roles: ['MANAGER'] },
  deleted: { roles: ['MANAGER'] },
  'session expired': { roles: ['MANAGER'] },
  'session ended by an administrator': { roles: ['MANAGER'] },
  'second factor due': { roles: ['MANAGER'] },
};

export const emailOf = (name: string) => `${name.replaceAll(' ', '-')}@matrix.example.test`;

const anonymous: Standing = { state: 'anonymous' };
const cookieName = 'ory_kratos_session';

/**
 * Everybody who may come: an account each, signed in through the form, and then what became of some of
 * the sessions. The identity server starts anew on the way.
 */
export async function gatherPeople(app: Application): Promise<Person[]> {
  const ids: Record<string, { identity: string; user: string }> = {};
  const visitors: Record<string, Visitor> = {};
  for (const [name, account] of Object.entries(accounts)) {
    ids[name] = await createAccount(app, name, account);
    visitors[name] = (await signInThrough(app.url, emailOf(name))).visitor;
  }
  const stepped = (await signInThrough(app.url, emailOf('second factor due'))).visitor;
  await setUpSecondFactor(stepped);
  await spoil(app, ids);
  const cookies = Object.fromEntries(
    Object.entries(visitors).map(([name, { jar }]) => [name, sessionOf(jar.header)]),
  );
  const viewer = async (name: string): Promise<Standing> => {
    const found = await findViewer(db, ids[name]?.user ?? '');
    return found ? { state: 'signed-in', viewer: found } : anonymous;
  };
  const gone = ['inactive', 'deleted', 'session expired', 'session ended by an administrator'];
  const people: Person[] = [person('nobody signed in', {}, anonymous)];
  for (const name of Object.keys(accounts)) {
    const standing: Standing =
      name === 'second factor due'
        ? { state: 'second-factor' }
        : gone.includes(name)
          ? anonymous
          : await viewer(name);
    people.push(person(name, cookie(cookies[name]), standing));
  }
  const manager = await viewer('manager');
  const passed = await viewer('second factor due');
  people.push(person('second factor passed', cookie(sessionOf(stepped.jar.header)), passed));
  const tokens = tokensOf(app, ids);
  return [
    ...people,
    ...forgeries(tokens.manager ?? '', cookies, { manager, none: await viewer('no role') }),
    ...bearers(tokens, manager),
  ];
}

/** What somebody makes of cookies that are not theirs to make. */
function forgeries(
  token: string,
  cookies: Record<string, string | undefined>,
  { manager, none }: { manager: Standing; none: Standing },
): Person[] {
  const own = cookies.manager ?? '';
  const other = cookies['no role'] ?? '';
  const at = Math.floor(own.length / 2);
  const flipped = own.slice(0, at) + (own[at] === 'A' ? 'B' : 'A') + own.slice(at + 1);
  const foreign = seal(
    { token, expires_at: '2099-01-01T00:00:00Z' },
    'the secret of another server',
  );
  const pair = (first: string, second: string) => cookie(`${first}; ${cookieName}=${second}`);
  return [
    person('a byte of the cookie changed', cookie(flipped), anonymous),
    person('two cookies spliced', cookie(own.slice(0, at) + other.slice(at)), anonymous),
    person('a cookie cut short', cookie(own.slice(0, -8)), anonymous),
    person('a cookie of another server', cookie(foreign), anonymous),
    // Of two with one name the first counts, for the identity server as for every door.
    person('two cookies, the first good', pair(own, flipped), manager),
    person('two cookies, the first bad', pair(flipped, own), anonymous),
    person(
      'claims in headers',
      {
        ...cookie(other),
        'X-User': emailOf('manager'),
        'X-Forwarded-User': emailOf('manager'),
        'X-Kratos-Authenticated-Identity-Id':
          manager.state === 'signed-in' ? manager.viewer.id : '',
        'X-Role': 'MANAGER',
      },
      none,
    ),
  ];
}

/** Tokens count on the API alone. */
function bearers(tokens: Record<string, string>, manager: Standing): Person[] {
  const bearer = (name: string) => ({ Authorization: `Bearer ${tokens[name] ?? ''}` });
  const named = (name: string, headers: Record<string, string>, onApi: Standing) => ({
    name,
    headers,
    onApi,
    standing: anonymous,
  });
  return [
    named('a bearer token', bearer('manager'), manager),
    named('a session token in its header', { 'X-Session-Token': tokens.manager ?? '' }, manager),
    named('a bearer token of somebody inactive', bearer('inactive'), anonymous),
    named('a bearer token that is none', { Authorization: 'Bearer ory_st_none' }, anonymous),
  ];
}

function person(name: string, headers: Record<string, string>, standing: Standing): Person {
  return { name, headers, standing, onApi: standing };
}

const cookie = (value = ''): Record<string, string> => ({ Cookie: `${cookieName}=${value}` });

function sessionOf(header: string): string {
  return new RegExp(`${cookieName}=([^;]+)`).exec(header)?.[1] ?? '';
}

async function createAccount(app: Application, name: string, account: Account) {
  const email = emailOf(name);
  const answer = await admin(app, 'POST', '/admin/identities', {
    schema_id: 'person_v1',
    traits: { email, name: { first: name, last: 'Matrix' } },
    credentials: { password: { config: { password: samplePassword } } },
    verifiable_addresses: [
      { value: email, via: 'email', verified: account.verified ?? true, status: 'completed' },
    ],
  });
  const { id: identity } = (await answer.json()) as { id: string };
  const { id: user } = await createUser(db, {
    oryIdentityId: identity,
    email,
    name: `${name} Matrix`,
    emailVerified: account.verified ?? true,
    roles: account.roles,
    practices: account.practices,
  });
  return { identity, user };
}

/** An authenticator app; the session it is set up in has passed it. */
async function setUpSecondFactor(visitor: Visitor): Promise<void> {
  const { path } = await visitor.visit('/settings');
  const id = new URL(path, visitor.url).searchParams.get('flow');
  const flow = await visitor.fetch(`/.ory/self-service/settings/flows?id=${id}`, {
    headers: { Accept: 'application/json' },
  });
  const text = await flow.text();
  const secret = /"secret":"([A-Z2-7]+)"/.exec(text)?.[1] ?? '';
  const totp_code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  await visitor.submitFlow('settings', path, { method: 'totp', totp_code });
}

/** Lets happen to accounts and sessions what their names say. */
async function spoil(app: Application, ids: Record<string, { identity: string; user: string }>) {
  const identityOf = (name: string) => ids[name]?.identity ?? '';
  const state = [{ op: 'replace', path: '/state', value: 'inactive' }];
  await admin(app, 'PATCH', `/admin/identities/${identityOf('inactive')}`, state);
  await admin(app, 'DELETE', `/admin/identities/${identityOf('deleted')}`);
  const ended = identityOf('session ended by an administrator');
  await admin(app, 'DELETE', `/admin/identities/${ended}/sessions`);
  const [actor, holder] = [ids.manager?.user ?? '', ids['role revoked']?.user ?? ''];
  await revokeRole({ actor: { id: actor, name: 'Manager' }, userId: holder, role: 'MANAGER' });
  await app.identity.stop();
  const kept = readIdentities(app);
  for (const session of kept.sessions) {
    if (session.identity_id !== identityOf('session expired')) continue;
    session.expires_at = new Date(Date.now() - 1000).toISOString();
  }
  writeFileSync(identityFile(app), JSON.stringify(kept));
  await app.restartIdentity();
}

interface StoredSession {
  identity_id: string;
  token: string;
  expires_at: string;
}

/** The session token of everybody who has a session, as the identity server keeps it. */
function tokensOf(app: Application, ids: Record<string, { identity: string }>) {
  const { sessions } = readIdentities(app);
  const entries = Object.entries(ids).map(([name, { identity }]) => [
    name,
    sessions.find(({ identity_id }) => identity_id === identity)?.token ?? '',
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

const readIdentities = (app: Application) =>
  JSON.parse(readFileSync(identityFile(app), 'utf8')) as { sessions: StoredSession[] };

const identityFile = (app: Application) => join(app.env.BQS_DATA_DIR ?? '', 'identities.json');

async function admin(app: Application, method: string, path: string, body?: object) {
  const answer = await fetch(app.identity.adminUrl + path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}
