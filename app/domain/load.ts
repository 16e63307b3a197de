/** Open sheets an architect has room for at a time; one more is too many. */
export const capacity = 5;

/** What an architect has to do. */
export interface ArchitectLoad {
  /** users.id */
  id: string;
  name: string;
  /** Opportunities assigned to them whose assessment is not submitted yet. */
  open: number;
  /** Those of them that close within seven days, or should have. */
  due: number;
}

export type Fullness = 'free' | 'full' | 'over';

/** Whether an architect has room for another sheet. */
export function fullnessOf(load: Pick<ArchitectLoad, 'open'>): Fullness {
  if (load.open > capacity) return 'over';
  return load.open === capacity ? 'full' : 'free';
}

/** The load in words: `3 open, 1 due`. */
export function loadWords({ open, due }: Pick<ArchitectLoad, 'open' | 'due'>): string {
  if (open === 0) return 'free';
  const words = [`${open} open`, due > 0 ? `${due} due` : null].filter(Boolean).join(', ');
  return open > capacity ? `${words}, over capacity` : words;
}
