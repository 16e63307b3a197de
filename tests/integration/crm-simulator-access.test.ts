import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCrmSimulator, type CrmSimulator } from '#dev/crm/server.ts';

const root = '/crmRestApi/resources/11.13.18.05/opportunities';
const basic = `Basic ${btoa('bqs-integration:bqs-demo-crm')}`;

let crm: CrmSimulator;
let clock: Date;

beforeEach(async () => {
  clock = new Date('2026-03-10T09:00:00.000Z');
  crm = await startCrmSimulator({ opportunities: 40, clock: () => clock, tokenSeconds: 60 });
});

afterEach(() => crm.stop());

function call(path: string, init: RequestInit & { framework?: string } = {}): Promise<Response> {
  const { framework = '4', ...rest } = init;
  const headers = { Authorization: basic, 'REST-Framework-Version': framework };
  return fetch(crm.url + path, { ...rest, headers: { ...headers, ...(init.headers as object) } });
}

function askToken(form: Record<string, string>, secret = 'bqs-demo-client-secret') {
  return fetch(`${crm.url}/oauth2/v1/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`bqs-client:${secret}`)}` },
    body: new URLSearchParams(form),
  });
}

const good = { grant_type: 'client_credentials', scope: 'urn:opc:resource:consumer::all' };

describe('authentication', () => {
  it('answers 401 with a challenge and no body to wrong credentials', async () => {
    for (const Authorization of ['', `Basic ${btoa('bqs-integration:wrong')}`, 'Bearer nothing']) {
      const response = await call(root, { headers: { Authorization } });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^(Basic|Bearer) /);
      expect(await response.text()).toBe('');
    }
  });

  it('hands out a token that works until it expires or is revoked', async () => {
    const token = (await (await askToken(good)).json()) as Record<string, unknown>;
    expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 60 });
    const headers = { Authorization: `Bearer ${String(token.access_token)}` };
    expect((await call(root, { headers })).status).toBe(200);
    clock = new Date(clock.getTime() + 60_001);
    expect((await call(root, { headers })).status).toBe(401);
    const next = (await (await askToken(good)).json()) as Record<string, unknown>;
    const fresh = { Authorization: `Bearer ${String(next.access_token)}` };
    crm.faults.add({ kind: 'revoke-tokens', times: 1, match: { nth: 2 } });
    expect((await call(root, { headers: fresh })).status).toBe(200);
    expect((await call(root, { headers: fresh })).status).toBe(401);
  });

  it('refuses the wrong client, scope and grant in JSON', async () => {
    const wrong = await askToken(good, 'wrong');
    expect(wrong.status).toBe(401);
    expect(await wrong.json()).toMatchObject({ error: 'invalid_client' });
    const scope = await askToken({ ...good, scope: 'everything' });
    expect(scope.status).toBe(400);
    expect(await scope.json()).toMatchObject({ error: 'invalid_scope' });
    const grant = await askToken({ ...good, grant_type: 'password' });
    expect(await grant.json()).toMatchObject({ error: 'unsupported_grant_type' });
    const prefixed = await askToken({ ...good, scope: `https://crm.example.test${good.scope}` });
    expect(prefixed.status).toBe(200);
  });
});

describe('errors', () => {
  it('are one line of text up to framework 3 and structured from 4 on', async () => {
    const old = await call(`${root}?fields=Nope`, { framework: '3' });
    expect(old.headers.get('content-type')).toBe('text/plain');
    expect(await old.text()).toMatch(/^[^\n{]*Nope[^\n]*$/);
    const structured = await call(`${root}?fields=Nope`);
    expect(structured.headers.get('content-type')).toBe('application/vnd.oracle.adf.error+json');
    expect(await structured.json()).toMatchObject({
      title: 'Bad Request',
      status: '400',
      'o:errorDetails': [{ 'o:errorCode': '27520', 'o:errorPath': '' }],
    });
    expect((await call(root, { framework: '12' })).status).toBe(400);
  });
});

describe('an item', () => {
  async function first(framework = '4') {
    const response = await call(`${root}?limit=1&orderBy=OptyId`, { framework });
    const { items } = (await response.json()) as { items: Record<string, string>[] };
    return items[0]!;
  }

  it('is found by its number, encoded twice from framework 8 on', async () => {
    const id = crm.dataset.insert({ OptyNumber: 'A/1 5%' });
    const read = async (segment: string, framework: string) => {
      const response = await call(`${root}/${segment}?fields=OptyId&onlyData=true`, { framework });
      return response.status === 200 ? response.text() : response.status;
    };
    expect(await read('A%2F1%205%25', '4')).toBe(`{"OptyId":${id}}`);
    expect(await read('A%252F1%25205%2525', '8')).toBe(`{"OptyId":${id}}`);
    expect(await read('A%252F1%25205%2525', '4')).toBe(404);
    expect(await read(String(id), '4')).toBe(404);
    const listed = await call(`${root}?q=OptyId=${id}`, { framework: '8' });
    const { items } = (await listed.json()) as { items: { links: { href: string }[] }[] };
    expect(items[0]!.links[0]!.href).toContain('/A%252F1%25205%2525');
  });

  it('is patched, stamped and answered whole; a stale tag is refused', async () => {
    const { OptyNumber, OptyId } = await first();
    const etag = (await call(`${root}/${OptyNumber}`)).headers.get('etag')!;
    const patch = (body: object, headers = {}) =>
      call(`${root}/${OptyNumber}`, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    clock = new Date('2026-03-10T10:00:00.000Z');
    const done = await patch({ WinProb: 35, Practice_c: null }, { 'If-Match': etag });
    expect(done.status).toBe(200);
    expect(await done.json()).toMatchObject({
      WinProb: 35,
      Practice_c: null,
      LastUpdateDate: '2026-03-10T10:00:00.000+00:00',
    });
    expect(crm.dataset.get(OptyId!)).toMatchObject({ WinProb: 35 });
    const stale = await patch({ WinProb: 40 }, { 'If-Match': etag });
    expect(stale.status).toBe(412);
    expect(stale.headers.get('etag')).not.toBe(etag);
    for (const body of [{ Name: null }, { OptyId: 5 }, { Nope: 1 }, { WinProb: 'x' }, {}]) {
      expect((await patch(body)).status, JSON.stringify(body)).toBe(400);
    }
  });

  it('is deleted without a trace, and hidden just the same', async () => {
    const { OptyNumber } = await first();
    expect((await call(`${root}/${OptyNumber}`, { method: 'DELETE' })).status).toBe(204);
    expect((await call(`${root}/${OptyNumber}`)).status).toBe(404);
    const next = await first();
    crm.dataset.hide(next.OptyId!);
    expect((await call(`${root}/${next.OptyNumber}`)).status).toBe(404);
    crm.dataset.show(next.OptyId!);
    expect((await call(`${root}/${next.OptyNumber}/child/ChildRevenue`)).status).toBe(200);
  });

  it('may be malformed, and is then sent exactly as it is', async () => {
    const place = crm.dataset.insertRaw(
      '{"Name":"a\\u0000b","Revenue":1e999,"EffectiveDate":"2026-02-30"}',
    );
    const response = await call(`${root}?q=OptyId >= ${place}&onlyData=true`);
    expect(await response.text()).toContain(
      '[{"Name":"a\\u0000b","Revenue":1e999,"EffectiveDate":"2026-02-30"}]',
    );
    crm.dataset.remove(place);
    expect(crm.dataset.size).toBe(40);
  });
});
