import { Link } from '@remix-run/react';
import type { SyncRun } from '#app/domain/freshness.ts';
import { verdictOf, type Preview } from '#app/domain/sync-preview.ts';
import {
  differenceWords,
  dryRunSentence,
  dryRunWords,
  notSentSentence,
  verdictWords,
} from '#app/lib/preview-words.ts';
import type { PreviewGroup } from '#app/models/sync-preview.server.ts';
import { Notice } from '#app/components/ui/notice.tsx';
import { PreviewList } from './preview-list.tsx';

/** What a dry run would have done, or a reconciliation found. `groups` is null for who may not read every row. */
export function RunPreview({
  run,
  preview,
  groups,
}: {
  run: SyncRun;
  preview: Preview;
  groups: PreviewGroup[] | null;
}) {
  const reconciles = run.purpose === 'RECONCILE';
  const facts = { counts: preview, fetched: run.totalFetched, unchanged: run.unchangedRecords };
  const partly = run.status === 'SUCCESS' ? '' : 'So far: ';
  const title = reconciles
    ? verdictWords(verdictOf(facts), run.totalFetched)
    : dryRunSentence(preview);
  return (
    <>
      <Notice tone="info" title={`${partly}${title}. Nothing was written.`}>
        {preview.held && !reconciles ? <p>The real run would be held: {preview.held}</p> : null}
        {preview.held || reconciles ? null : <NotSent preview={preview} />}
        {reconciles ? (
          <p>
            The sums, and how to repair what differs, are under{' '}
            <Link to="/sync/reconcile" className="link">
              Reconcile
            </Link>
            .
          </p>
        ) : null}
      </Notice>
      {groups ? (
        <PreviewList
          groups={groups}
          counts={preview}
          words={reconciles ? differenceWords : dryRunWords}
        />
      ) : (
        <p className="text-muted">
          Which records they are is listed for those who see every opportunity.
        </p>
      )}
    </>
  );
}

function NotSent({ preview }: { preview: Preview }) {
  const words = notSentSentence(preview);
  return words ? <p>{words}</p> : null;
}
