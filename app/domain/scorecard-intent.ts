import { emptyBand, emptyCriterion, emptyLimit, type TypedScorecard } from './typed-scorecard.ts';

const lists = ['criteria', 'bands', 'limits'] as const;
type List = (typeof lists)[number];

/** Where a save leads to: the editor again, or one of the pages that look at what was saved. */
export type AfterSave = 'edit' | 'simulate' | 'publish';

/** What a button of the editor asks for. */
export type ScorecardIntent =
  | { kind: 'save'; then: AfterSave }
  /** Saves over what somebody else has saved since, knowing of it: their revision. */
  | { kind: 'overwrite'; revision: number }
  | { kind: 'discard' }
  | { kind: 'row'; change: 'add' | 'remove' | 'up' | 'down'; list: List; index: number };

/** Reads the value of a button: `save`, `save.publish`, `overwrite.7`, `add.bands`, `up.criteria.3`. */
export function readScorecardIntent(value: FormDataEntryValue | null): ScorecardIntent | null {
  const [kind = '', ...rest] = typeof value === 'string' ? value.split('.') : [];
  const [first = '', second = ''] = rest;
  switch (kind) {
    case 'save':
      if (first === 'simulate' || first === 'publish') return { kind, then: first };
      return rest.length === 0 ? { kind, then: 'edit' } : null;
    case 'overwrite':
      return /^\d{1,9}$/.test(first) ? { kind, revision: Number(first) } : null;
    case 'discard':
      return rest.length === 0 ? { kind } : null;
    case 'add':
    case 'remove':
    case 'up':
    case 'down': {
      const list = lists.find((each) => each === first);
      const placed = kind === 'add' || /^\d{1,2}$/.test(second);
      return list && placed
        ? { kind: 'row', change: kind, list, index: Number(second) || 0 }
        : null;
    }
    default:
      return null;
  }
}

/** What was typed with a row added, taken away or moved, and the id of what to look at next. */
export function changeRows(
  typed: TypedScorecard,
  { change, list, index }: Extract<ScorecardIntent, { kind: 'row' }>,
): { typed: TypedScorecard; focus: string } {
  if (list === 'criteria') {
    const criteria = changed(typed.criteria, change, index, emptyCriterion);
    return { typed: { ...typed, criteria: criteria.rows }, focus: idOf(list, criteria.at) };
  }
  if (list === 'bands') {
    const bands = changed(typed.bands, change, index, emptyBand);
    return { typed: { ...typed, bands: bands.rows }, focus: idOf(list, bands.at) };
  }
  const limits = changed(typed.fastTrack.limits, change, index, emptyLimit);
  const fastTrack = { ...typed.fastTrack, limits: limits.rows };
  return { typed: { ...typed, fastTrack }, focus: idOf(list, limits.at) };
}

/** The id of a row in the page; of the list where it has no rows. */
function idOf(list: List, index: number): string {
  return index < 0 ? list : `${list}-${index}`;
}

function changed<T>(
  rows: readonly T[],
  change: 'add' | 'remove' | 'up' | 'down',
  index: number,
  empty: T,
): { rows: T[]; at: number } {
  if (change === 'add') return { rows: [...rows, empty], at: rows.length };
  const row = rows[index];
  if (row === undefined) return { rows: [...rows], at: rows.length - 1 };
  const others = rows.toSpliced(index, 1);
  if (change === 'remove') return { rows: others, at: Math.min(index, others.length - 1) };
  const at = Math.max(0, Math.min(others.length, change === 'up' ? index - 1 : index + 1));
  return { rows: others.toSpliced(at, 0, row), at };
}
