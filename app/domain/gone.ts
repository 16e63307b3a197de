/** Gone is what the CRM has twice not had to show, asked for by its own key at least this long apart. */
export const confirmAfterMs = 24 * 60 * 60 * 1000;

/** Single records a run asks for at most; what is left waits for the next one. */
export const mostAsked = { missing: 200, quarantined: 100 } as const;

/** Keys the CRM may refuse in one run before the fault counts as the CRM's and not the key's. */
export const mostRefusals = 3;

/** What the CRM said when asked; `unclear` where it has nothing to show of what is surely there either. */
export type KeyAnswer = 'found' | 'not-found' | 'unclear';

/** What follows for an opportunity that a sweep did not see. */
export type MissingVerdict = 'there' | 'missed-once' | 'wait' | 'gone' | 'undecided';

type Stage = 'never' | 'lately' | 'long-ago';

const verdicts: Record<KeyAnswer, Record<Stage, MissingVerdict>> = {
  found: { never: 'there', lately: 'there', 'long-ago': 'there' },
  'not-found': { never: 'missed-once', lately: 'wait', 'long-ago': 'gone' },
  unclear: { never: 'undecided', lately: 'undecided', 'long-ago': 'undecided' },
};

/** The verdict on a missing opportunity that the CRM first did not find at `firstNotFoundAt`. */
export function verdictOf(
  firstNotFoundAt: Date | null,
  answer: KeyAnswer,
  now: Date,
): MissingVerdict {
  return verdicts[answer][stageOf(firstNotFoundAt, now)];
}

function stageOf(firstNotFoundAt: Date | null, now: Date): Stage {
  if (firstNotFoundAt === null) return 'never';
  return now.getTime() - firstNotFoundAt.getTime() < confirmAfterMs ? 'lately' : 'long-ago';
}
