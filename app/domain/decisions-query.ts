import { parseDuePlace, parseWorkPlace, type DuePlace, type WorkPlace } from './work-place.ts';

/** The lists of the page of decisions. */
export const decisionParts = ['waiting', 'holds', 'conditions', 'decided'] as const;
export type DecisionPart = (typeof decisionParts)[number];

/** Which list of the page is looked at, and the last row of the page before in that list. */
export interface DecisionsQuery {
  part: DecisionPart;
  waiting: WorkPlace | null;
  holds: DuePlace | null;
  conditions: DuePlace | null;
  /** The id of a decision. */
  decided: string | null;
}

/** `decided` begins with what happened last, so that its pages go back. */
const places: Record<DecisionPart, 'after' | 'before'> = {
  waiting: 'after',
  holds: 'after',
  conditions: 'after',
  decided: 'before',
};

/** Reads `show` and the place of an address; null where there is no such page of the list. */
export function parseDecisionsQuery(params: URLSearchParams): DecisionsQuery | null {
  const part = decisionParts.find((each) => each === params.get('show')) ?? 'waiting';
  const query: DecisionsQuery = {
    part,
    waiting: null,
    holds: null,
    conditions: null,
    decided: null,
  };
  const text = params.get(places[part]);
  if (text === null) return query;
  const waiting = part === 'waiting' ? parseWorkPlace(text) : null;
  const holds = part === 'holds' ? parseDuePlace(text) : null;
  const conditions = part === 'conditions' ? parseDuePlace(text) : null;
  const decided = part === 'decided' && /^\d{1,18}$/.test(text) ? text : null;
  const found = waiting ?? holds ?? conditions ?? decided;
  return found ? { part, waiting, holds, conditions, decided } : null;
}

/** The address of a list of the page, from `place` on. */
export function decisionsAddress(part: DecisionPart, place: string | null = null): string {
  const params = new URLSearchParams();
  if (part !== 'waiting') params.set('show', part);
  if (place) params.set(places[part], place);
  return `/decisions${params.size > 0 ? `?${params}` : ''}`;
}
