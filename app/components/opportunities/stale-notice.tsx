import { ChangeList } from '#app/components/change-list.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { HiddenFacts } from '#app/components/qualification/form-facts.tsx';
import type { QualificationView } from '#app/domain/qualification-view.ts';
import { decided } from '#app/domain/transitions.ts';
import { ActForm } from './act-form.tsx';

/** What the CRM has changed since the assessment, and the two answers to it. */
export function StaleNotice({ view, path }: { view: QualificationView; path: string }) {
  const { assessment, stale, intents } = view;
  const isDecided = decided.some((status) => status === view.status);
  const facts = { revision: view.revision, assessmentId: assessment?.id };
  return (
    <Notice
      tone="warning"
      title={
        isDecided
          ? 'The CRM has changed since this was decided'
          : 'The CRM has changed since this was assessed'
      }
    >
      <div className="grid gap-2 pt-1">
        <ChangeList
          change={{
            kind: 'UPDATED',
            fields: stale.map(({ field, before, after }) => ({
              field: field === 'gone' ? 'in the CRM' : field,
              before,
              after,
            })),
          }}
        />
        <p>{sentence(isDecided, intents.includes('still-holds'))}</p>
        <div className="flex flex-wrap gap-2">
          {intents.includes('still-holds') ? (
            <ActForm intent="still-holds" button="It still holds" variant="secondary">
              <HiddenFacts intent="still-holds" facts={facts} />
            </ActForm>
          ) : null}
          {intents.includes('renew') ? (
            <ActForm intent="renew" button="Assess anew" variant="secondary">
              <HiddenFacts intent="renew" facts={facts} returnTo={`${path}/assess`} />
            </ActForm>
          ) : null}
        </div>
      </div>
    </Notice>
  );
}

function sentence(isDecided: boolean, mine: boolean): string {
  if (isDecided) {
    return mine
      ? 'Say that the decision still holds, or reopen it.'
      : 'A manager says whether the decision still holds, or reopens it.';
  }
  return mine
    ? 'Say that your assessment still holds, or assess it anew.'
    : 'The architect says whether the assessment still holds, or assesses it anew.';
}
