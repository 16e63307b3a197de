import { Form } from '@remix-run/react';
import { HiddenFacts, type FormFacts } from '#app/components/qualification/form-facts.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { staleFieldNames } from '#app/domain/staleness.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { staleValueWords } from '#app/lib/stale-words.ts';
import type { StaleSheet } from '#app/models/worklist-stale.server.ts';

/** What the CRM changed under an assessment, before and after. */
export function Marks({ marks }: Pick<StaleSheet, 'marks'>) {
  return (
    <ul className="text-xs">
      {marks.map(({ field, before, after }) => (
        <li key={field} className="wrap-anywhere">
          <span className="text-muted">{staleFieldNames[field]}</span>{' '}
          {staleValueWords(field, before)} → <strong>{staleValueWords(field, after)}</strong>
        </li>
      ))}
    </ul>
  );
}

/** An answer that takes one press, sent to the opportunity's page; to that of its sheet, which opens then. */
export function RowButton({
  row,
  intent,
  label,
  returnTo = '/',
}: {
  row: FormFacts & { remoteNumber: string | null; remoteId: string; name: string | null };
  intent: 'start' | 'still-holds' | 'renew' | 'resume';
  label: string;
  /** The page it stands on. */
  returnTo?: string;
}) {
  return (
    <Form method="post" action={`${opportunityPath(row)}${intent === 'start' ? '/assess' : ''}`}>
      <HiddenFacts intent={intent} facts={row} returnTo={returnTo} />
      <Button size="small" aria-label={`${label}: ${row.name ?? row.remoteNumber ?? row.remoteId}`}>
        {label}
      </Button>
    </Form>
  );
}
