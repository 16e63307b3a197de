import type { StoredSheet } from '#app/services/act-on-sheet.server.ts';
import type { SaveAnswer } from './saver.ts';

/** Sends a draft to be kept, and puts whatever stands in the way into words. It never throws. */
export async function sendDraft(
  address: string,
  form: FormData,
  revision: number,
): Promise<SaveAnswer<StoredSheet>> {
  form.set('intent', 'save');
  form.set('revision', String(revision));
  try {
    const body = bodyOf(form);
    // A request that may outlive its page is refused by browsers where it is longer than 64 kB.
    const keepalive = body.toString().length < 60_000;
    const response = await fetch(address, { method: 'POST', body, keepalive });
    return answerOf(response.status, (await response.json()) as Answer);
  } catch {
    return {
      ok: false,
      final: false,
      words: 'Not saved: BQS cannot be reached. It is tried again; keep this page open.',
    };
  }
}

interface Answer {
  revision?: number;
  savedAt?: string;
  message?: string;
  now?: (Omit<StoredSheet, 'savedAt'> & { savedAt: string }) | null;
}

function answerOf(status: number, answer: Answer): SaveAnswer<StoredSheet> {
  const { revision, savedAt, message = 'Not saved: BQS did not answer as expected.', now } = answer;
  if (status === 200 && revision !== undefined && savedAt) {
    return { ok: true, revision, savedAt: new Date(savedAt) };
  }
  if (status === 401) {
    const words =
      'Not saved: you are signed out. Sign in in another tab; saving then goes on here, and nothing typed is lost.';
    return { ok: false, final: false, words };
  }
  const stored = now ? { ...now, savedAt: new Date(now.savedAt) } : null;
  return { ok: false, final: status < 500 && status !== 429, words: message, now: stored };
}

/** As a form would send it, not in parts: the guard reads it back when a session has ended. */
function bodyOf(form: FormData): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of form) if (typeof value === 'string') body.append(name, value);
  return body;
}
