import { SignedName } from '#app/components/signed-name.tsx';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { Memo } from '#app/domain/memo.ts';
import { formatDay } from '#app/lib/format.ts';
import {
  decisionWords,
  memoFacts,
  memoMoment,
  memoTitle,
  snapshotWords,
  verdictName,
} from '#app/lib/memo-words.ts';
import { NotSet } from '#app/components/crm-value.tsx';
import { MemoEvidence } from './memo-evidence.tsx';
import { MemoSensitivity, MemoSheet } from './memo-sheet.tsx';

/** The frozen memo, from its own content alone: nothing on it is read from anywhere else. */
export function MemoDocument({ memo }: { memo: Memo }) {
  return (
    <div className="space-y-7 print:space-y-5">
      <TitleBlock memo={memo} />
      <DecisionBanner memo={memo} />
      <MemoSection title="Opportunity in the CRM" lead={snapshotWords(memo)}>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 md:grid-cols-3 print:grid-cols-3 print:gap-y-2">
          {memoFacts(memo).map(({ label, value }) => (
            <div key={label} className="min-w-0">
              <dt className="text-xs text-muted">{label}</dt>
              <dd className="wrap-anywhere">{value === null ? <NotSet /> : <bdi>{value}</bdi>}</dd>
            </div>
          ))}
        </dl>
      </MemoSection>
      {memo.assessment ? <MemoSheet sheet={memo.assessment} /> : null}
      <MemoSensitivity memo={memo} />
      <Recommendation memo={memo} />
      <MemoEvidence memo={memo} />
    </div>
  );
}

function TitleBlock({ memo }: { memo: Memo }) {
  const { name, lead } = memoTitle(memo);
  return (
    <header className="grid gap-1 border-b-2 border-ink pb-4">
      <p className="text-xs font-semibold tracking-widest text-muted uppercase">
        Decision memo {memo.decision.id}
      </p>
      <h1 className="text-2xl font-semibold tracking-tight text-pretty wrap-anywhere">
        <bdi>{name}</bdi>
      </h1>
      <p className="wrap-anywhere text-muted">
        <bdi>{lead}</bdi>
      </p>
    </header>
  );
}

const banners: Record<Memo['decision']['verdict'], string> = {
  GO: 'border-good bg-good-soft',
  CONDITIONAL_GO: 'border-warning bg-warning-soft',
  NO_GO: 'border-bad bg-bad-soft',
};

const inks: Record<Memo['decision']['verdict'], string> = {
  GO: 'text-good',
  CONDITIONAL_GO: 'text-warning',
  NO_GO: 'text-bad',
};

function DecisionBanner({ memo }: { memo: Memo }) {
  const { decision } = memo;
  const words = decisionWords(memo);
  return (
    <section
      aria-labelledby="memo-decision"
      className={clsx(
        'grid gap-3 rounded-md border-l-4 px-4 py-3.5 md:grid-cols-[auto_1fr] md:gap-6 print:grid-cols-[auto_1fr] print:gap-6 print:rounded-none print:border-2 print:border-ink print:bg-white',
        banners[decision.verdict],
      )}
    >
      <div className="grid content-start gap-0.5">
        <h2 id="memo-decision" className="text-xs text-ink">
          Decision
        </h2>
        <p className={clsx('text-2xl font-bold print:text-ink', inks[decision.verdict])}>
          {verdictName(decision.verdict)}
        </p>
      </div>
      <div className="grid min-w-0 gap-1.5">
        <p>
          <strong>
            <SignedName name={decision.by.name} />
          </strong>
          , {memoMoment(decision.at)}
        </p>
        {words.map((line) => (
          <p key={line} className="font-medium">
            {line}
          </p>
        ))}
        <MemoProse
          text={decision.reason}
          none="No reason was given: it goes against nothing that was advised."
        />
      </div>
      {decision.conditions.length > 0 ? (
        <div className="grid gap-1.5 border-t pt-3 md:col-span-2 print:col-span-2 print:border-ink">
          <h3 className="font-semibold">On condition that</h3>
          <ol className="grid list-decimal gap-1 pl-5">
            {decision.conditions.map(({ condition, due }, index) => (
              <li key={index} className="wrap-anywhere">
                {condition} <span className="whitespace-nowrap">(due {formatDay(due)})</span>
              </li>
            ))}
          </ol>
        </div>
      ) : null}
    </section>
  );
}

function Recommendation({ memo: { recommendation } }: { memo: Memo }) {
  if (!recommendation) return null;
  return (
    <MemoSection
      title="Recommendation"
      lead={
        <>
          <SignedName name={recommendation.by.name} />, {memoMoment(recommendation.at)}
        </>
      }
    >
      <p className="font-semibold">{verdictName(recommendation.verdict)}</p>
      <MemoProse text={recommendation.rationale} />
    </MemoSection>
  );
}

/** A part of the memo under its heading. */
export function MemoSection({
  title,
  lead,
  whole = false,
  children,
}: {
  title: string;
  lead?: ReactNode;
  /** Whether it is kept on one page of paper. */
  whole?: boolean;
  children: ReactNode;
}) {
  const id = `memo-${title.toLowerCase().replace(/[^a-z]+/g, '-')}`;
  return (
    <section aria-labelledby={id} className={clsx('space-y-2.5', whole && 'break-inside-avoid')}>
      <div className="grid break-after-avoid gap-0.5 border-b pb-1.5">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {lead ? <p className="text-xs wrap-anywhere text-muted">{lead}</p> : null}
      </div>
      {children}
    </section>
  );
}

/** What somebody wrote, with its line breaks; as text, whatever it looks like. */
export function MemoProse({ text, none }: { text: string; none?: string }) {
  if (text.trim() === '') return none ? <p className="text-muted italic">{none}</p> : null;
  return (
    <p className="max-w-prose wrap-anywhere whitespace-pre-line" dir="auto">
      {text}
    </p>
  );
}
