import { SignedName } from '#app/components/signed-name.tsx';
import { useEffect, useRef } from 'react';
import { Moment } from '#app/components/time.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import type { QualificationView } from '#app/domain/qualification-view.ts';
import type { Intent } from '#app/domain/transitions.ts';
import { workflowStatusNames } from '#app/domain/workflow-names.ts';
import type { FormRefusal } from './form-refusal.ts';

/** What was typed by a person, and what it is called; the rest of a form is ours. */
const typedNames: Record<string, string> = {
  verdict: 'Verdict',
  rationale: 'Rationale',
  reason: 'Reason',
  until: 'Until',
  condition: 'Condition',
  due: 'Due',
  note: 'Note',
};

/**
 * Why nothing was done. Where somebody was faster: what they did and how it stands now; and what was typed,
 * if there is no form any more that could keep it.
 */
export function RefusalNotice({
  refusal,
  view,
}: {
  refusal: FormRefusal;
  view: QualificationView;
}) {
  const { intent, message, since, typed } = refusal;
  const kept = intent === 'comment' || view.intents.includes(intent as Intent);
  const lost = Object.entries(typedNames).flatMap(([name, label]) =>
    (typed[name] ?? []).filter((text) => text !== '').map((text) => ({ label, text })),
  );
  const box = useRef<HTMLDivElement>(null);
  // At each refusal, were it the same again: the page stays where the button was pressed, maybe far from here.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'center' });
    box.current?.focus({ preventScroll: true });
  }, [refusal]);
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      <Notice tone="bad" role="alert" title={message}>
        {since ? (
          <p>
            <SignedName name={since.actor} />: {since.what.toLowerCase()},{' '}
            <Moment at={since.at} show="seconds" />. It is now{' '}
            <strong>{workflowStatusNames[view.status]}</strong>.
            {kept ? ' What you typed is still in the form below, now made on this state.' : null}
          </p>
        ) : null}
        {!kept && lost.length > 0 ? (
          <div className="mt-1 grid gap-1">
            <p>What you typed, to copy:</p>
            <dl className="grid gap-1 rounded-md border bg-surface p-2">
              {lost.map(({ label, text }, index) => (
                <div key={index} className="grid gap-x-3 sm:grid-cols-[6rem_1fr]">
                  <dt className="text-muted">{label}</dt>
                  <dd className="wrap-anywhere whitespace-pre-wrap select-all">{text}</dd>
                </div>
              ))}
            </dl>
          </div>
        ) : null}
      </Notice>
    </div>
  );
}
