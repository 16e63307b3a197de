import { z } from 'zod';

/** Who takes over what, as the page of handing over says it. */
export interface HandOver {
  /** The opportunity, the revision it was seen at, and its next architect (users.id). */
  assessments: { opportunityId: string; revision: number; to: string }[];
  /** The practice and who is to head it. */
  practices: { practiceId: string; to: string }[];
}

const person = z.guid();
const leave = 'leave';

/**
 * Reads who takes over what. An opportunity says its own architect, `leave`, or nothing, which stands for
 * `everything`: the one choice made for all of them. Null where it is no such form.
 */
export function parseHandOver(posted: FormData): HandOver | null {
  const everything = String(posted.get('everything') ?? leave);
  const chosen: HandOver = { assessments: [], practices: [] };
  for (const [name, value] of posted) {
    const [kind, id = '', revision = ''] = name.split('.');
    if (kind !== 'assessor' && kind !== 'head') continue;
    if (!/^\d{1,18}$/.test(id)) return null;
    const to = kind === 'assessor' && value === '' ? everything : String(value);
    if (to === leave || to === '') continue;
    if (!person.safeParse(to).success) return null;
    if (kind === 'head') chosen.practices.push({ practiceId: id, to });
    else if (!/^\d{1,9}$/.test(revision)) return null;
    else chosen.assessments.push({ opportunityId: id, revision: Number(revision), to });
  }
  return chosen;
}
