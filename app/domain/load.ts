import { awaitedWords } from './person-state.ts';

/** Open sheets an architect has room for at a time; one more is too many. */
export const capacity = 5;

/** What an architect has to do. */
export interface ArchitectLoad {
  /** users.id */
  id: string;
  name: string;
  /** Invited, and has not signed in yet. */
  awaited: boolean;
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

/** What `due` means in the words of a load. */
export const dueMeaning = 'Due: closes within 7 days, or should have closed.';

/** The load in words: `3 open, 1 due`, with what there is room for where it is exceeded. */
export function loadWords({ open, due, awaited }: Omit<ArchitectLoad, 'id' | 'name'>): string {
  const words = [
    open === 0 ? 'free' : `${open} open`,
    due > 0 ? `${due} due` : null,
    open > capacity ? `over the capacity of ${capacity}` : null,
    awaited ? awaitedWords : null,
  ];
  return words.filter(Boolean).join(', ');
}
