import { scaled } from './decimal.ts';
import type { SessionFacts } from './session-facts.ts';

/** What can be made to ask for a second factor; the names are those of REQUIRE_AAL2_FOR. */
export const stepUpActs = ['grant-manager', 'decide', 'scorecards'] as const;
export type StepUpAct = (typeof stepUpActs)[number];

/** Where each act that is asked for stands: always, or only above the amount that is set. */
const asked: Record<StepUpAct, 'always' | 'above-amount'> = {
  'grant-manager': 'always',
  decide: 'above-amount',
  scorecards: 'always',
};

/** Which buttons of an opportunity make a decision or take one back. */
const decidingIntents = ['decide', 'decline', 'reopen'];

/** Whether a form decides. A field that comes several times counts with every value, whichever is read. */
export function decides(intents: readonly unknown[]): boolean {
  return intents.some((intent) => decidingIntents.some((each) => each === intent));
}

/** What is about to be done, with what it is worth where that counts. */
export type Deed = { act: Exclude<StepUpAct, 'decide'> } | Deciding;
export interface Deciding {
  act: 'decide';
  amount: string | null;
  currency: string | null;
}

interface Worth {
  dealValue: string | null;
  currency: string | null;
}

/** The deed of deciding on an opportunity. */
export function decidingOn({ dealValue, currency }: Worth): Deciding {
  return { act: 'decide', amount: dealValue, currency };
}

/** Whether an opportunity is worth what a deed was judged by. */
export function isWorth(judged: Deciding, { dealValue, currency }: Worth): boolean {
  return judged.amount === dealValue && judged.currency === currency;
}

export interface Limit {
  /** A decimal without a sign. */
  amount: string;
  currency: string;
}

export interface StepUpPolicy {
  acts: readonly StepUpAct[];
  /** Null: every amount counts as above. */
  limits: readonly Limit[] | null;
  /** How long a proof of who one is counts as fresh. */
  minutes: number;
}

/** What a session lacks: a second factor, or one that was passed lately. */
export type StepUpNeed = 'second-factor' | 'fresh-sign-in';

/** What `session` lacks for a deed, or null where it may go on. */
export function stepUpNeed(
  deed: Deed,
  session: Pick<SessionFacts, 'level' | 'authenticatedAt'>,
  policy: StepUpPolicy,
  now: Date,
): StepUpNeed | null {
  if (!policy.acts.includes(deed.act)) return null;
  if (asked[deed.act] === 'above-amount' && !isAbove(deed, policy.limits)) return null;
  if (session.level !== 'aal2') return 'second-factor';
  const since = session.authenticatedAt ? now.getTime() - session.authenticatedAt.getTime() : NaN;
  return since <= policy.minutes * 60_000 ? null : 'fresh-sign-in';
}

/**
 * Whether a deed's amount is above the limit of its own currency. No currency is turned into another, and
 * what cannot be compared counts as above: no amount, a negative one, a currency without a limit.
 */
function isAbove(deed: Deed, limits: StepUpPolicy['limits']): boolean {
  if (deed.act !== 'decide' || !limits) return true;
  const limit = limits.find(({ currency }) => currency === deed.currency?.trim().toUpperCase());
  if (!limit || !deed.amount || !decimal.test(deed.amount)) return true;
  return scaled(deed.amount) > scaled(limit.amount);
}

const decimal = /^\d+(\.\d+)?$/;

/** Reads `grant-manager, decide`; null where a name is none of ours. */
export function parseStepUpActs(text: string): StepUpAct[] | null {
  const names = text.split(',').map((name) => name.trim());
  const acts = stepUpActs.filter((act) => names.includes(act));
  return names.every((name) => stepUpActs.some((act) => act === name)) ? acts : null;
}

/** Reads `1000000 EUR, 1200000.50 USD`; null where a part is no amount in a currency, or one comes twice. */
export function parseLimits(text: string): Limit[] | null {
  const parts = text
    .split(',')
    .map((part) => /^(\d{1,30}(?:\.\d{1,10})?) ([A-Z]{3})$/.exec(part.trim()));
  const limits = parts.flatMap((part) => {
    const [, amount, currency] = part ?? [];
    return amount && currency ? [{ amount, currency }] : [];
  });
  const once = new Set(limits.map(({ currency }) => currency)).size === limits.length;
  return limits.length === parts.length && once ? limits : null;
}
