import { ChevronRight } from 'lucide-react';
import type { DescribedNow } from '#app/domain/field-view.ts';
import { plural } from '#app/lib/format.ts';

/** What the CRM describes and nothing here reads; kept with each record all the same. Folded away. */
export function UnmappedAttributes({ attributes }: { attributes: DescribedNow[] }) {
  if (attributes.length === 0) return null;
  return (
    <details className="group rounded-lg border bg-surface">
      <summary className="flex cursor-pointer items-center gap-1.5 px-4 py-2.5 font-semibold">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        {plural(attributes.length, 'field')} of the CRM nothing here reads
      </summary>
      <p className="border-t px-4 py-2.5 text-muted">
        They are kept with each record as it was sent, and can stand in for a field that vanishes.
      </p>
      <ul className="grid gap-x-6 gap-y-1 px-4 pb-4 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
        {attributes.map(({ name, type }) => (
          <li key={name} className="flex flex-wrap items-baseline justify-between gap-x-3 border-b">
            <code className="font-mono text-xs break-all">{name}</code>
            <span className="text-xs text-muted">{type}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
