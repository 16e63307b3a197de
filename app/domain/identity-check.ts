/** What a comparison of the people with the identities in Ory has found and done. */
export interface CheckCounts {
  /** Identities in Ory. */
  identities: number;
  /** Identities of people BQS does not know. */
  unknown: number;
  /** People whose address, its verification or name was taken over. */
  changed: number;
  /** People switched off, or on again, because their identity was in Ory. */
  deactivated: number;
  reactivated: number;
  /** Deactivated people whose identity was closed only now. */
  closed: number;
  /** People who were not in the listing, and whose identity turned out to be gone. */
  missing: number;
  gone: number;
  returned: number;
}

export const noCounts: CheckCounts = {
  identities: 0,
  unknown: 0,
  changed: 0,
  deactivated: 0,
  reactivated: 0,
  closed: 0,
  missing: 0,
  gone: 0,
  returned: 0,
};

/** More people missing at once than this looks like another Ory, not like people who left. */
export function mostGone(people: number): number {
  return Math.max(5, Math.floor(people / 10));
}

/** What a check may do about people who are missing. An empty listing says nothing about anybody. */
export function judgeMissing(found: {
  identities: number;
  people: number;
  missing: number;
}): 'confirm' | 'nothing' | 'empty' | 'too-many' {
  if (found.missing === 0) return 'nothing';
  if (found.identities === 0) return 'empty';
  return found.missing > mostGone(found.people) ? 'too-many' : 'confirm';
}

const counted: [keyof CheckCounts, one: string, many: string][] = [
  ['changed', 'person changed', 'people changed'],
  ['deactivated', 'person switched off in Ory', 'people switched off in Ory'],
  ['reactivated', 'person switched on again in Ory', 'people switched on again in Ory'],
  ['closed', 'identity closed that was due', 'identities closed that were due'],
  ['gone', 'person gone from Ory', 'people gone from Ory'],
  ['returned', 'person back in Ory', 'people back in Ory'],
];

/** What a check did, in words. */
export function checkWords(counts: CheckCounts): string {
  const parts = counted.flatMap(([key, one, many]) =>
    counts[key] === 0 ? [] : [`${counts[key]} ${counts[key] === 1 ? one : many}`],
  );
  return parts.length === 0 ? 'nothing had changed' : parts.join(', ');
}
