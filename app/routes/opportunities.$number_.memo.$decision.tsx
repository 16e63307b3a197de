import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { ChevronLeft, FileDown, FileJson } from 'lucide-react';
import { requireMemo } from '#app/auth/require-memo.server.ts';
import { MemoDocument } from '#app/components/memo/memo-document.tsx';
import { SealAlarm, SealFooter } from '#app/components/memo/memo-seal.tsx';
import { MemoSince, type SinceLine } from '#app/components/memo/memo-since.tsx';
import { buttonLook } from '#app/components/ui/button.tsx';
import { db } from '#app/lib/db.server.ts';
import { memoPath } from '#app/lib/memo-path.ts';
import { memoMoment, verdictName } from '#app/lib/memo-words.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { listSince, type Since } from '#app/models/decision-since.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Decision memo ${data.decisionId} · BQS` : 'BQS' },
];

export async function loader(args: LoaderFunctionArgs) {
  const { opportunity, stored } = await requireMemo(args);
  const { decisionId, memo, content, sha256, computed, state } = stored;
  const since = await listSince(db, decisionId);
  return {
    decisionId,
    memo,
    unreadable: memo ? null : content,
    seal: { sha256, computed, state },
    checkedAt: memoMoment(new Date().toISOString()),
    since: since.map((each) => toLine(each, (id) => memoPath(opportunity, id))),
    back: opportunityPath(opportunity),
    own: memoPath(opportunity, decisionId),
  };
}

function toLine(since: Since, memoOf: (id: string) => string): SinceLine {
  const { kind, at, by, about, note, verdict } = since;
  switch (kind) {
    case 'condition-met':
      return { at, by, what: `Condition met: ${about}`, note, to: null };
    case 'reopened':
      return { at, by, what: 'Reopened: this decision no longer stands', note: about, to: null };
    case 'decided-again':
      return {
        at,
        by,
        what: `Decided again: ${verdict && verdictName(verdict)}`,
        note,
        to: memoOf(about),
      };
  }
}

export default function DecisionMemo() {
  const { memo, unreadable, seal, checkedAt, since } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto max-w-[54rem] space-y-4">
      <Bar />
      <SealAlarm seal={seal} />
      <article className="space-y-7 rounded-lg border bg-surface px-5 py-6 md:p-10 print:space-y-5 print:rounded-none print:border-0 print:p-0">
        {memo ? (
          <MemoDocument memo={memo} />
        ) : (
          <>
            <h1 className="text-xl font-semibold">The memo’s text can no longer be read</h1>
            <pre className="overflow-auto font-mono text-xs whitespace-pre-wrap">{unreadable}</pre>
          </>
        )}
        <SealFooter seal={seal} checkedAt={checkedAt} />
      </article>
      <MemoSince lines={since} />
    </div>
  );
}

function Bar() {
  const { memo, back, own } = useLoaderData<typeof loader>();
  return (
    <div className="no-print flex flex-wrap items-center justify-between gap-3">
      <Link to={back} className="inline-flex items-center gap-1 link">
        <ChevronLeft aria-hidden className="size-4" />
        Opportunity
      </Link>
      <div className="flex flex-wrap gap-2">
        {memo ? (
          <a href={`${own}/memo.pdf`} className={buttonLook({})}>
            <FileDown aria-hidden />
            PDF
          </a>
        ) : null}
        <a href={`${own}/memo.json`} className={buttonLook({})}>
          <FileJson aria-hidden />
          memo.json
        </a>
      </div>
    </div>
  );
}
