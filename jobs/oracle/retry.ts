/** How long to wait between tries, in milliseconds. */
export interface RetryPace {
  baseMs: number;
  /** Longest wait of our own making. */
  maxMs: number;
  /** Longest wait the CRM may ask of us. */
  maxRetryAfterMs: number;
}

export const politePace: RetryPace = { baseMs: 1000, maxMs: 30_000, maxRetryAfterMs: 120_000 };

/** Reads a Retry-After header, seconds or an HTTP date, as milliseconds from `now`; null if absent or unreadable. */
export function parseRetryAfter(value: string | null, now: Date): number | null {
  const text = value?.trim();
  if (!text) return null;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

/**
 * The wait before try number `attempt` + 1, counted from 1. What the CRM asks for is kept to the
 * cap and never undercut; our own backoff doubles, with up to half of it taken off at random.
 */
export function waitBefore(
  attempt: number,
  askedMs: number | null,
  pace: RetryPace,
  random = Math.random,
): number {
  if (askedMs !== null) return Math.min(askedMs, pace.maxRetryAfterMs);
  const full = Math.min(pace.baseMs * 2 ** (attempt - 1), pace.maxMs);
  return Math.round(full * (1 - random() / 2));
}
