import type { FreshnessState } from './freshness.ts';

/** What people are alerted of: the states that call for somebody, and that all is well again. */
export type AlertState = Exclude<FreshnessState, 'never'>;

/** How an alert calls its state, for people and for the webhook. */
export const alertNames = {
  late: 'late',
  failed: 'failed',
  held: 'held',
  'on-time': 'recovered',
} as const satisfies Record<AlertState, string>;

/**
 * The state to alert of, by the state people were last alerted of (null: of none yet) and the present one;
 * null where they know already, or where there is nothing to know.
 */
export function alertDue(told: AlertState | null, present: FreshnessState): AlertState | null {
  if (present === 'never' || present === told) return null;
  // That all is well is news only to somebody who was told that it is not.
  if (present === 'on-time' && told === null) return null;
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
}

const before: Record<AlertState, string> = {
  late: 'It was late. ',
  failed: 'It had failed. ',
  held: 'It was held. ',
  'on-time': '',
};

/** What happened in one line, then what it means and what to do. */
export function alertWords(facts: AlertFacts): { title: string; body: string } {
  const { state, lastError, lastGood, next, lasted } = facts;
  const age = lastGood ? `The CRM data is as of ${lastGood}.` : 'There is no CRM data yet.';
  const cause = lastError ? `${lastError.replace(/\.?$/, '.')} ` : '';
  switch (state) {
    case 'late':
      return {
        title: 'The sync is late',
        body: `${age} The sync that was due has not got through; see whether the worker is running.`,
      };
    case 'failed':
      return {
        title: 'The sync failed',
        body: `${cause}${age}${next ? ` It is due again ${next}.` : ''}`,
      };
    case 'held':
      return {
        title: 'The sync is held for a person',
        body: `${cause}${age} Look at the run and release or drop it.`,
      };
    case 'on-time':
      return {
        title: `The sync is well again${lasted ? ` after ${lasted}` : ''}`,
        body: `${facts.previous ? before[facts.previous] : ''}${age}`,
      };
  }
}

/** The state a column holds, which others may have written. */
export function alertStateOf(text: string | null | undefined): AlertState | null {
  return text && text in alertNames ? (text as AlertState) : null;
}
