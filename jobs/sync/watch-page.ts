import { mappedFields } from '#app/domain/crm-fields.ts';
import type { AppliableRecord, MappedColumn, RefusedRecord } from '#jobs/oracle/map.ts';
import { holdFor, knownAttributes, readDescription, unfedOf } from './known-fields.ts';
import type { Work } from './work.ts';

/** Fewer records than these may lack a field by chance. */
const tellingRecords = 5;

/** Looks at a mapped page before it is applied. Throws RunHeld. */
export type PageWatch = (records: (AppliableRecord | RefusedRecord)[]) => Promise<void>;

/**
 * Watches the pages of one run for a field that is in none of their records, which the description would
 * not tell before the next sweep. It is asked for again then, once a run for each field; a field it still
 * has is no reason to stop, since what we have of it is kept.
 */
export function createPageWatch(work: Work): PageWatch {
  let knowing: ReturnType<typeof standingOf> | null = null;
  const judged = new Set<MappedColumn>();
  return async (records) => {
    const mapped = records.filter((record) => record.ok);
    const lacking = absentFromAll(mapped).filter((column) => !judged.has(column));
    if (lacking.length === 0) return;
    const { described, unfed: before } = await (knowing ??= standingOf(work));
    const suspects = lacking.filter(
      (column) =>
        before.some((field) => field.column === column) ||
        (mapped.length >= tellingRecords && described.has(column)),
    );
    if (suspects.length === 0) return;
    for (const column of suspects) judged.add(column);
    const known = await readDescription(work);
    const unfed = known ? await unfedOf(work, known) : before;
    const lost = unfed.filter(({ column }) => suspects.some((suspect) => suspect === column));
    if (lost.length > 0) await holdFor(work, lost);
  };
}

/** What was known when the first page without some field came. */
async function standingOf(work: Work) {
  const known = await knownAttributes(work.parts.pool);
  const present = new Set(known.filter(({ vanished }) => !vanished).map(({ name }) => name));
  const described = mappedFields(work.parts.client.fields)
    .filter(({ attributes }) => attributes.some((name) => present.has(name)))
    .map(({ column }) => column);
  return { described: new Set<string>(described), unfed: await unfedOf(work, known) };
}

function absentFromAll(mapped: AppliableRecord[]): MappedColumn[] {
  const [first, ...others] = mapped;
  if (!first?.absent) return [];
  return first.absent.filter((column) => others.every(({ absent }) => absent?.includes(column)));
}
