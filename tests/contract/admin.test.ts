import { hash } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { at, listAt, textAt } from './json.ts';
import {
  appUrl,
  begin,
  locationOf,
  mailedCode,
  newEmail,
  newPerson,
  signedInPerson,
  signIn,
  submit,
  submitForm,
  whoami,
  withInstance,
} from './instance.ts';

const instance = withInstance();

const unknownId = '7a1d1c1e-0000-4000-8000-000000000000';
const draft = (email: string, more: object = {}) => ({
  schema_id: 'person_v1',
  traits: { email },
  ...more,
});
const create = (body: object) => instance.admin('/admin/identities', { body });
const patch = (id: string, path: string, value: unknown) =>
  instance.admin(`/admin/identities/${id}`, {
    method: 'PATCH',
    body: [{ op: 'replace', path, value }],
  });

describe('identities', () => {
  it('A1 makes an identity that can sign in, whatever its password is like', async () => {
    const email = newEmail();
    const credentials = { password: { config: { password: 'x' } } };
    const { status, headers, body, text } = await create(
      draft(email.toUpperCase(), { credentials }),
    );
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`${instance.adminUrl}/identities/${textAt(body, 'id')}`);
    expect(at(body, 'credentials.password')).toMatchObject({
      type: 'password',
      identifiers: [email],
      version: 0,
    });
    expect(text).not.toMatch(/config|argon2|hash/);
    expect((await signIn(instance.browser(), email, 'x')).status).toBe(200);
  });

  it('A2 refuses an address that is taken', async () => {
    const { email } = await newPerson(instance);
    const { status, body } = await create(draft(email));
    expect(status).toBe(409);
    expect(textAt(body, 'error.reason')).toContain('conflicts with another identity');
  });

  it.each([
    ['an unknown key', { surprise: 1 }],
    ['an unknown trait', { traits: { email: 'a@example.test', role: 'x' } }],
    ['no address', { traits: {} }],
    ['an unknown schema', { schema_id: 'nonesuch' }],
    ['an unknown state', { state: 'asleep' }],
  ])('A3 refuses %s', async (_what, more) => {
    const { status, body } = await create(draft(newEmail(), more));
    expect([status, at(body, 'error.code')]).toEqual([400, 400]);
  });

  it('A4 imports an argon2 hash, and no garbage', async () => {
    const email = newEmail();
    const imported = (hashed_password: string) => ({ password: { config: { hashed_password } } });
    const good = await hash('a-password-from-elsewhere');
    expect((await create(draft(email, { credentials: imported(good) }))).status).toBe(201);
    const answer = await signIn(instance.browser(), email, 'a-password-from-elsewhere');
    expect(answer.status).toBe(200);
    const bad = await create(draft(newEmail(), { credentials: imported('garbage') }));
    expect(bad.status).toBe(400);
    expect(textAt(bad.body, 'error.reason')).toContain('hash format');
  });

  it('A5 shows one by its id', async () => {
    const { id } = await newPerson(instance, { metadata_admin: { hidden: 1 } });
    const { status, body } = await instance.admin(`/admin/identities/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, metadata_admin: { hidden: 1 } });
    expect(at(body, 'credentials.password.config')).toBeUndefined();
    for (const nobody of [unknownId, 'abc']) {
      expect((await instance.admin(`/admin/identities/${nobody}`)).status).toBe(404);
    }
  });

  it('A6 lists page by page, each once', async () => {
    const made = [];
    for (let count = 0; count < 5; count++) made.push((await newPerson(instance)).id);
    const seen: string[] = [];
    let path: string | undefined = '/admin/identities?page_size=2';
    while (path) {
      const { body, headers } = await instance.admin(path);
      expect(listAt(body, '').length).toBeLessThanOrEqual(2);
      seen.push(...listAt(body, '').map((one) => textAt(one, 'id')));
      expect(headers.get('link')).toContain('rel="first"');
      path = /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(made));
    const all = await instance.admin('/admin/identities?page_size=10000');
    expect(all.headers.get('link')).toContain('page_size=500');
  });

  it('A7 finds one by its address, by one filter at a time', async () => {
    const { id, email } = await newPerson(instance);
    const by = (query: string) => instance.admin(`/admin/identities?${query}`);
    const found = await by(`credentials_identifier=${email.toUpperCase()}`);
    expect(listAt(found.body, '').map((one) => at(one, 'id'))).toEqual([id]);
    expect(at(found.body, '0.credentials.password.identifiers')).toEqual([email]);
    expect((await by('credentials_identifier=nobody@example.test')).body).toEqual([]);
    expect(listAt((await by(`ids=${id}`)).body, '')).toHaveLength(1);
    const both = await by(`credentials_identifier=${email}&ids=${id}`);
    expect(both.status).toBe(400);
    expect(textAt(both.body, 'error.reason')).toContain('cannot combine');
  });

  it('A8 patches the state, and nothing that is closed', async () => {
    const { id } = await newPerson(instance);
    const disabled = await patch(id, '/state', 'inactive');
    expect(disabled.body).toMatchObject({
      state: 'inactive',
      state_changed_at: expect.any(String),
    });
    expect((await patch(id, '/state', 'asleep')).status).toBe(400);
    expect((await patch(id, '/id', unknownId)).status).toBe(400);
    expect((await patch(unknownId, '/state', 'inactive')).status).toBe(404);
  });

  it('A9 patches address and metadata', async () => {
    const { person, browser } = await signedInPerson(instance);
    const email = newEmail();
    expect((await patch(person.id, '/traits/email', email)).status).toBe(200);
    expect((await patch(person.id, '/metadata_public', { team: 'north' })).status).toBe(200);
    expect((await whoami(browser)).body).toMatchObject({
      identity: { traits: { email }, metadata_public: { team: 'north' } },
    });
    expect((await signIn(instance.browser(), email)).status).toBe(200);
  });

  it('A10 replaces the whole, and empties what is left out', async () => {
    const metadata = { metadata_public: { a: 1 }, metadata_admin: { b: 1 } };
    const { id, email } = await newPerson(instance, metadata);
    const body = draft(email, { state: 'active' });
    const path = `/admin/identities/${id}`;
    expect((await instance.admin(path, { method: 'PUT', body })).status).toBe(200);
    const after = (await instance.admin(path)).body;
    expect([at(after, 'metadata_public'), at(after, 'metadata_admin')]).toEqual([null, null]);
    expect((await signIn(instance.browser(), email)).status).toBe(200);
  });

  it('A11 deletes once, sessions and all', async () => {
    const { person, browser } = await signedInPerson(instance);
    const path = `/admin/identities/${person.id}`;
    expect((await instance.admin(path, { method: 'DELETE' })).status).toBe(204);
    expect((await instance.admin(path, { method: 'DELETE' })).status).toBe(404);
    expect((await whoami(browser)).status).toBe(401);
  });

  it('A16 finds one by its external id, which is its own', async () => {
    const external_id = `external-${newEmail()}`;
    const { id } = await newPerson(instance, { external_id });
    const found = await instance.admin(
      `/admin/identities/by/external/${encodeURIComponent(external_id)}`,
    );
    expect([found.status, at(found.body, 'id')]).toEqual([200, id]);
    expect((await create(draft(newEmail(), { external_id }))).status).toBe(409);
  });
});

describe('sessions', () => {
  it('A12 lists those of an identity', async () => {
    const { person } = await signedInPerson(instance);
    const of = (id: string) => instance.admin(`/admin/identities/${id}/sessions`);
    const { status, body } = await of(person.id);
    expect([status, listAt(body, '').length, at(body, '0.active')]).toEqual([200, 1, true]);
    const unknown = await of(unknownId);
    expect([unknown.status, unknown.body]).toEqual([200, []]);
    expect((await of('abc')).status).toBe(400);
  });

  it('A13 ends one, which stays to be seen', async () => {
    const { browser } = await signedInPerson(instance);
    const path = `/admin/sessions/${textAt((await whoami(browser)).body, 'id')}`;
    expect((await instance.admin(path, { method: 'DELETE' })).status).toBe(204);
    const { status, body } = await instance.admin(path);
    expect([status, at(body, 'active')]).toEqual([200, false]);
    expect((await whoami(browser)).status).toBe(401);
    const unknown = `/admin/sessions/${unknownId}`;
    expect((await instance.admin(unknown, { method: 'DELETE' })).status).toBe(404);
    expect((await instance.admin(`${path}?expand=nonsense`)).status).toBe(400);
  });

  it('A14 extends one, and its browser gets a cookie that lasts as long', async () => {
    const { browser } = await signedInPerson(instance);
    const before = (await whoami(browser)).body;
    const path = `/admin/sessions/${textAt(before, 'id')}/extend`;
    const { status, body } = await instance.admin(path, { method: 'PATCH' });
    expect(status).toBe(200);
    expect(textAt(body, 'expires_at') >= textAt(before, 'expires_at')).toBe(true);
    expect((await whoami(browser)).status).toBe(200);
    const unknown = `/admin/sessions/${unknownId}/extend`;
    expect((await instance.admin(unknown, { method: 'PATCH' })).status).toBe(404);
  });
});

describe('recovery and mail', () => {
  it('A15 makes a code that lets its owner in from a clean browser', async () => {
    const { id } = await newPerson(instance);
    const path = '/admin/recovery/code';
    const { status, body } = await instance.admin(path, { body: { identity_id: id } });
    expect(status).toBe(201);
    expect(textAt(body, 'recovery_link')).toContain(`${appUrl}/recovery?flow=`);
    const flowId = new URL(textAt(body, 'recovery_link')).searchParams.get('flow');
    const browser = instance.browser();
    const flow = (await browser.ask(`/self-service/recovery/flows?id=${flowId}`)).body;
    const fields = { method: 'code', code: textAt(body, 'recovery_code') };
    const answer = await submitForm(browser, flow, fields);
    expect(answer.status).toBe(303);
    expect(locationOf(answer)).toContain(`${appUrl}/settings?flow=`);
    expect(at((await whoami(browser)).body, 'identity.id')).toBe(id);
    const late = { identity_id: id, expires_in: '-1h' };
    expect((await instance.admin(path, { body: late })).status).toBe(400);
    expect((await instance.admin(path, { body: { identity_id: unknownId } })).status).toBe(404);
  });

  it('A17 shows the mails, the newest first', async () => {
    const { email } = await newPerson(instance);
    const browser = instance.browser();
    await submit(browser, await begin(browser, 'recovery'), { method: 'code', email });
    const { status, body } = await instance.admin('/admin/courier/messages?page_size=1');
    expect(status).toBe(200);
    expect(at(body, '0')).toMatchObject({
      type: 'email',
      template_type: 'recovery_code_valid',
      status: expect.any(String),
      subject: expect.any(String),
      recipient: expect.any(String),
    });
    expect(await mailedCode(instance, email, 'recovery')).toMatch(/^\d{6}$/);
  });
});
