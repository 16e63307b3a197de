import { Link } from '@remix-run/react';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { quarantineGroupPath } from '#app/lib/quarantine-path.ts';

/** Says that a group is empty, or that its address names no field where there are records for some. */
export function EmptyGroup({ cause, fields }: { cause: string; fields: (string | null)[] }) {
  return (
    <Card>
      {fields.length === 0 ? (
        <EmptyState title="Nothing of this kind is in quarantine">
          It was applied since, or discarded.
        </EmptyState>
      ) : (
        <EmptyState title="This address names no field">
          Records are in quarantine for this cause in{' '}
          {fields.map((field, at) => (
            <span key={field}>
              {at > 0 ? ', ' : ''}
              <Link to={quarantineGroupPath({ cause, field })} className="break-all link">
                {field}
              </Link>
            </span>
          ))}
          .
        </EmptyState>
      )}
    </Card>
  );
}
