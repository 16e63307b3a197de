import { Form, useNavigation } from '@remix-run/react';
import { Wrench } from 'lucide-react';
import { verdictOf } from '#app/domain/sync-preview.ts';
import { formatCount } from '#app/lib/format.ts';
import { differenceWords } from '#app/lib/preview-words.ts';
import type { PreviewGroup } from '#app/models/sync-preview.server.ts';
import type { Reconciliation } from '#app/models/sync-reconciliation.server.ts';
import { Button } from '#app/components/ui/button.tsx';
import { PreviewList } from './preview-list.tsx';

/** What differs, record by record, with the repair of it. `groups` is null for who may not read every row. */
export function Differences({
  reconciliation: { run, counts },
  groups,
  repairable,
  mayRepair,
}: {
  reconciliation: Reconciliation;
  groups: PreviewGroup[] | null;
  /** How many of them a repair of all would go to. */
  repairable: number;
  mayRepair: boolean;
}) {
  const busy = useNavigation().state !== 'idle';
  const { differing } = verdictOf({
    counts,
    fetched: run.totalFetched,
    unchanged: run.unchangedRecords,
  });
  if (groups === null) {
    if (differing === 0) return null;
    return (
      <p className="text-muted">
        Which opportunities differ is listed for those who see every opportunity.
      </p>
    );
  }
  const list = { groups, counts, words: differenceWords };
  const choosable = groups.some(({ records }) => records.some((record) => record.repairable));
  if (!mayRepair || !choosable) return <PreviewList {...list} />;
  return (
    <Form method="post" className="grid gap-4">
      <input type="hidden" name="run" value={run.id} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="max-w-prose text-pretty text-muted">
          A repair asks the CRM for each record again and writes what it says now, audited like
          every sync. What people did in BQS stays.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button name="intent" value="repair-chosen" disabled={busy}>
            Repair the chosen
          </Button>
          {repairable > 0 ? (
            <Button name="intent" value="repair-all" variant="primary" disabled={busy}>
              <Wrench aria-hidden />
              Repair all {formatCount(repairable)}
            </Button>
          ) : null}
        </div>
      </div>
      <PreviewList {...list} selectable />
    </Form>
  );
}
