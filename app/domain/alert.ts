import type { Freshness, FreshnessState } from './freshness.ts';
import type { HeldCause } from './sync.ts';

/** What people are alerted of: the states that call for somebody, and that all is well again. */
export type AlertState = Exclude<FreshnessState, 'never'>;

/** How an alert calls its state, for people and for the webhook. */
export const alertNames = {
  late: 'late',
  failed: 'failed',
  held: 'held',
  'on-time': 'recovered',
} as const satisfies Record<AlertState, string>;

/** What people were last alerted of; `about` is what `aboutOf` gave then. */
export interface LastTold {
  state: AlertState | null;
  about: string | null;
}

/** Which held run is alerted of, for what, and whether a later one failed; null of any other state. */
export function aboutOf(
  freshness: Pick<Freshness, 'state' | 'heldRun' | 'heldCause' | 'failedSince'>,
): string | null {
  if (freshness.state !== 'held') return null;
  const { heldRun, heldCause, failedSince } = freshness;
  return `${heldRun}:${heldCause}${failedSince === null ? '' : ':failed-since'}`;
}

/**
 * The state to alert of, by what people were last alerted of and the present one; null where they know
 * already, or where there is nothing to know.
 */
export function alertDue(
  told: LastTold,
  present: FreshnessState,
  about: string | null = null,
): AlertState | null {
  if (present === 'never') return null;
  if (present === told.state && (present !== 'held' || about === told.about)) return null;
  // That all is well is news only to somebody who was told that it is not.
  if (present === 'on-time' && told.state === null) return null;
  return present;
}

/** What the words of an alert are made of; moments and spans as people read them. */
export interface AlertFacts {
  state: AlertState;
  previous: AlertState | null;
  lastError: string | null;
  lastGood: string | null;
  next: string | null;
  /** How long it lasted, of a recovery. */
  lasted: string | null;
  heldCause: HeldCause | null;
  failedSince: string | null;
  note: string | null;
}

const before: Record<AlertState, string> = {
  late: 'It was late. ',
  failed: 'It had failed. ',
  held: 'It was held. ',
  'on-time': '',
};

/** What to do about a held run, by the buttons there are for it. */
const heldAdvice: Record<HeldCause, string> = {
  MISSING: 'Look at the run and choose “Mark … as gone” or “Keep …”.',
  FIELD_VANISHED: 'Look at the fields and choose “Go on like this” or “Drop the held run”.',
};

/** What happened in one line, then what it means and what to do. */
export function alertWords(facts: AlertFacts): { title: string; body: string } {
  const { state, next, note } = facts;
  const age = facts.lastGood
    ? `The CRM data is as of ${facts.lastGood}.`
    : 'There is no CRM data yet.';
  const closed = note ? `${note} ` : '';
  switch (state) {
    case 'late':
      return {
        title: 'The sync is late',
        body: `${closed}${age} The sync that was due has not got through; see whether the worker is running.`,
      };
    case 'failed':
      return {
        title: 'The sync failed',
        body: `${sentence(facts.lastError)}${age}${next ? ` It is due again ${next}.` : ''}`,
      };
    case 'held':
      return heldWords(facts, age);
    case 'on-time':
      if (note) return { title: 'The held sync was closed', body: `${closed}${age}` };
      return {
        title: `The sync works again${facts.lasted ? `; the trouble lasted ${facts.lasted}` : ''}`,
        body: `${facts.previous ? before[facts.previous] : ''}${age}`,
      };
  }
}

function heldWords({ lastError, failedSince, heldCause }: AlertFacts, age: string) {
  const since =
    failedSince === null ? '' : `The last one since then failed: ${sentence(failedSince)}`;
  return {
    title: `A sync is held for a person${since ? ', and the last one failed' : ''}`,
    body: `${sentence(lastError)}${since}${age} ${heldAdvice[heldCause ?? 'MISSING']}`,
  };
}

/** A reason as a sentence before others; nothing where there is none. */
function sentence(reason: string | null): string {
  return reason ? `${reason.replace(/\.?$/, '.')} ` : '';
}

/** The state a column holds, which others may have written. */
export function alertStateOf(text: string | null | undefined): AlertState | null {
  return text && text in alertNames ? (text as AlertState) : null;
}
