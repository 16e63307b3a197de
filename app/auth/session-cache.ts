import { createHash } from 'node:crypto';

interface Kept<T> {
  value: T;
  identityId: string;
  until: number;
}

/**
 * Answers of the identity server that are taken to stand for a few seconds. Held in memory alone, under a
 * hash of the credentials, so that nothing in here could be used to sign in. With 0 seconds it keeps nothing.
 */
export class SessionCache<T> {
  private readonly kept = new Map<string, Kept<T>>();
  private readonly lasts: number;
  private readonly most: number;
  private readonly now: () => number;
  /** Counts what was forgotten, so that an answer asked for before is not kept after. */
  private forgotten = 0;

  constructor(seconds: number, most = 10_000, now: () => number = Date.now) {
    this.lasts = seconds * 1000;
    this.most = most;
    this.now = now;
  }

  get(credentials: string): T | null {
    const key = keyOf(credentials);
    const found = this.kept.get(key);
    if (found && found.until > this.now()) return found.value;
    this.kept.delete(key);
    return null;
  }

  /** Call it before asking; what it returns keeps the answer, for as long as from now. */
  keeper(
    credentials: string,
  ): (value: T, about: { identityId: string; ends?: Date | null }) => void {
    const { forgotten } = this;
    const until = this.now() + this.lasts;
    return (value, { identityId, ends }) => {
      if (this.lasts === 0 || forgotten !== this.forgotten) return;
      const key = keyOf(credentials);
      this.kept.delete(key);
      this.kept.set(key, { value, identityId, until: Math.min(until, ends?.getTime() ?? until) });
      for (const oldest of this.kept.keys()) {
        if (this.kept.size <= this.most) break;
        this.kept.delete(oldest);
      }
    };
  }

  /** Forgets every session of a person. */
  forgetIdentity(identityId: string): void {
    this.forgotten++;
    for (const [key, entry] of this.kept)
      if (entry.identityId === identityId) this.kept.delete(key);
  }

  /**
   * Forgets every session of whom these credentials led to. Whose they were cannot be told where they are not
   * remembered, and the same session may be under another spelling: then everybody's are forgotten.
   */
  forget(credentials: string): void {
    const found = this.kept.get(keyOf(credentials));
    if (found) return this.forgetIdentity(found.identityId);
    this.forgotten++;
    this.kept.clear();
  }

  get size(): number {
    return this.kept.size;
  }
}

function keyOf(credentials: string): string {
  return createHash('sha256').update(credentials).digest('base64');
}
