import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { db } from '#app/lib/db.server.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import type { Application } from '../setup/application.ts';

export type People = Record<'manager' | 'head' | 'architect' | 'sales' | 'newcomer', string>;

/** Signs the sample people in: a cookie each. */
export async function signEverybodyIn(app: Application): Promise<People> {
  const people = {} as People;
  for (const person of ['manager', 'head', 'architect', 'sales', 'newcomer'] as const) {
    people[person] = (await app.signIn(`${person}@example.test`)).cookie;
  }
  return people;
}

/** An opportunity that manager, architect and sales may read, and the head may not. */
export async function sharedOpportunity(draft: Parameters<typeof createOpportunity>[1] = {}) {
  const made = await createOpportunity(db, { salesOwnerEmail: 'sales@example.test', ...draft });
  const { remoteNumber } = made;
  return { ...made, page: opportunityPath({ remoteNumber, remoteId: '0' }) };
}

export type Part = { name: string; filename?: string; content: Buffer | string };

/** A form in parts, as a browser writes it; `filename` goes in as it is given. */
export function formOf(parts: Part[]): { body: Buffer; type: string } {
  const boundary = '----bqs-boundary-7d93';
  const pieces = parts.flatMap(({ name, filename, content }) => {
    const file = filename === undefined ? '' : `; filename="${filename}"`;
    const kind = filename === undefined ? '' : 'Content-Type: application/pdf\r\n';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${kind}\r\n`;
    return [Buffer.from(head), Buffer.from(content as string), Buffer.from('\r\n')];
  });
  const body = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
  return { body, type: `multipart/form-data; boundary=${boundary}` };
}

/** Posts a form in parts to a page's files. */
export function upload(app: Application, cookie: string | null, page: string, parts: Part[]) {
  const { body, type } = formOf(parts);
  return fetch(`${app.url}${page}/files`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...(cookie && { Cookie: cookie }), Origin: app.url, 'Content-Type': type },
    body: new Uint8Array(body),
  });
}

/** Posts what a button beside a file sends. */
export function press(app: Application, cookie: string, page: string, form: object) {
  return fetch(`${app.url}${page}/files`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookie, Origin: app.url },
    body: new URLSearchParams(form as Record<string, string>),
  });
}

/**
 * Sends a file without end, or up to `mostBytes`, and says how much went out before the connection was
 * cut or answered. `length`: what the request says of itself; null sends it in chunks.
 */
export function flood(
  app: Application,
  cookie: string,
  page: string,
  given: { mostBytes: number; length: number | null; watch?: () => void },
): Promise<{ status: number | null; sent: number; cut: boolean }> {
  const { body: head, type } = formOf([
    { name: 'file', filename: 'big.pdf', content: '%PDF-1.7\n' },
  ]);
  return new Promise((resolve) => {
    let [status, sent, over]: [number | null, number, boolean] = [null, 0, false];
    const asked = request(`${app.url}${page}/files`, {
      method: 'POST',
      headers: {
        Cookie: cookie,
        Origin: app.url,
        'Content-Type': type,
        ...(given.length !== null && { 'Content-Length': given.length }),
      },
    });
    const end = (cut: boolean) => {
      if (!over) resolve({ status, sent, cut });
      over = true;
      asked.destroy();
    };
    asked.on('response', (response) => {
      status = response.statusCode ?? null;
      response.resume();
    });
    asked.on('close', () => end(true)).on('error', () => end(true));
    const piece = Buffer.alloc(256 * 1024, 65);
    const more = () => {
      while (!over && sent < given.mostBytes) {
        given.watch?.();
        sent += piece.length;
        if (!asked.write(piece)) return asked.once('drain', more);
      }
      return setTimeout(() => end(false), 200);
    };
    asked.write(head.subarray(0, -60));
    more();
  });
}

/** The memory a process holds, in MB; null where the system does not say. */
export function residentMb(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  } catch {
    return null;
  }
}
