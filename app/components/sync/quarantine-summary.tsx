import { Link } from '@remix-run/react';
import { formatCount, plural } from '#app/lib/format.ts';
import type { QuarantineGroup } from '#app/models/quarantine-group.server.ts';
import { Card } from '#app/components/ui/card.tsx';

/** In a few lines what is in quarantine, and the way there. */
export function QuarantineSummary({ groups, total }: { groups: QuarantineGroup[]; total: number }) {
  if (groups.length === 0) return null;
  const shown = groups.reduce((sum, { records }) => sum + records, 0);
  return (
    <div id="quarantine" className="scroll-mt-4">
      <Card
        title={`In quarantine: ${plural(total, 'record')}`}
        actions={
          <Link to="/sync/quarantine" className="link">
            Open the quarantine
          </Link>
        }
        flush
      >
        <ul className="divide-y">
          {groups.map(({ cause, causeName, field, records }) => (
            <li key={`${cause} ${field}`} className="flex items-baseline gap-3 px-4 py-2">
              <span>{causeName}</span>
              {field === null ? null : <code className="font-mono text-xs break-all">{field}</code>}
              <span className="ml-auto font-medium">{formatCount(records)}</span>
            </li>
          ))}
          {total > shown ? (
            <li className="px-4 py-2 text-xs text-muted">
              and {formatCount(total - shown)} for other causes
            </li>
          ) : null}
        </ul>
      </Card>
    </div>
  );
}
