import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ErrorBody } from './errors.ts';
import type { CourierMessage, Flow, Identity, Session } from './types.ts';

export interface StoredError {
  id: string;
  error: ErrorBody;
  created_at: string;
  updated_at: string;
}

/** A settings change that waits while its owner signs in again. */
export interface Continuity {
  flow_id: string;
  identity_id: string;
  payload: Record<string, unknown>;
  expires_at: string;
}

interface Snapshot {
  secret: string;
  identities: Identity[];
  sessions: Session[];
}

/**
 * Everything the server knows, in memory. With a file, the secret, the identities and the sessions
 * outlive a restart; flows, errors and mails do not, a browser simply begins a new flow.
 */
export class Store {
  readonly identities = new Map<string, Identity>();
  readonly sessions = new Map<string, Session>();
  readonly flows = new Map<string, Flow>();
  readonly errors = new Map<string, StoredError>();
  readonly continuities = new Map<string, Continuity>();
  readonly mails: CourierMessage[] = [];
  readonly secret: string;
  readonly #file: string | undefined;
  #pending = false;

  constructor(file: string | undefined, secret: string | undefined) {
    this.#file = file;
    const saved = file ? readSnapshot(file) : undefined;
    this.secret = secret ?? saved?.secret ?? randomBytes(32).toString('hex');
    for (const identity of saved?.identities ?? []) this.identities.set(identity.id, identity);
    for (const session of saved?.sessions ?? []) this.sessions.set(session.id, session);
  }

  /** Writes soon; changes of one turn of the event loop become one write. */
  changed(): void {
    if (!this.#file || this.#pending) return;
    this.#pending = true;
    setImmediate(() => this.flush());
  }

  /** Writes now what is not written yet. A reader sees the old file or the new one, never half. */
  flush(): void {
    if (!this.#file || !this.#pending) return;
    this.#pending = false;
    const snapshot: Snapshot = {
      secret: this.secret,
      identities: [...this.identities.values()],
      sessions: [...this.sessions.values()],
    };
    mkdirSync(dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.${process.pid}.tmp`;
    writeFileSync(draft, JSON.stringify(snapshot, null, 2), { mode: 0o600 });
    renameSync(draft, this.#file);
  }
}

function readSnapshot(file: string): Snapshot | undefined {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as Snapshot;
  } catch {
    throw new Error(`The identity server's file ${file} is not JSON; remove it to start afresh.`);
  }
}
