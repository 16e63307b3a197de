import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { AssignFields } from '#app/components/qualification/assign-fields.tsx';
import { DecideFields } from '#app/components/qualification/decide-fields.tsx';
import { HiddenFacts } from '#app/components/qualification/form-facts.tsx';
import { HoldFields } from '#app/components/qualification/hold-fields.tsx';
import { ReasonFields } from '#app/components/qualification/reason-fields.tsx';
import { RecommendFields } from '#app/components/qualification/recommend-fields.tsx';
import { ReturnFields } from '#app/components/qualification/return-fields.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import type { ArchitectLoad } from '#app/domain/load.ts';
import type { QualificationView } from '#app/domain/qualification-view.ts';
import type { Intent } from '#app/domain/transitions.ts';
import { ActForm } from './act-form.tsx';
import type { FormRefusal } from './form-refusal.ts';
import { ObstacleItems } from './obstacle-items.tsx';

interface Act {
  intent: Intent;
  title: string;
  button: string;
  consequence: string;
  fields: ReactNode;
}

/** What the viewer may do now, each behind a line that opens its form; the refused one is open. */
export function QualificationActions({
  path,
  view,
  assignedSa,
  architects,
  refusal,
}: {
  path: string;
  view: QualificationView;
  assignedSa: string | null;
  architects: ArchitectLoad[];
  refusal: FormRefusal | null;
}) {
  const may = (intent: Intent) => view.intents.includes(intent);
  const acts = actsOf(view, assignedSa, architects, refusal).filter(({ intent }) => may(intent));
  const { obstacles } = view;
  const begins = may('start') || may('save') || may('resume');
  if (acts.length + obstacles.length === 0 && !begins) return null;
  return (
    <section aria-label="Actions" className="grid min-w-0 gap-2">
      {may('start') ? (
        <ActForm intent="start" button="Start the assessment">
          <HiddenFacts intent="start" facts={view} returnTo={`${path}/assess`} />
        </ActForm>
      ) : null}
      {may('save') ? (
        <LinkButton to={`${path}/assess`} variant="primary" className="justify-self-start">
          Go on with the assessment
        </LinkButton>
      ) : null}
      {may('resume') ? (
        <ActForm
          intent="resume"
          button="Resume"
          consequence={view.actsFor.resume && withName(view.actsFor.resume, '')}
        >
          <HiddenFacts intent="resume" facts={view} />
        </ActForm>
      ) : null}
      {acts.length + obstacles.length > 0 ? (
        <ul className="divide-y rounded-md border">
          <ObstacleItems obstacles={obstacles} />
          {acts.map(({ intent, title, button, consequence, fields }, index) => (
            <li key={intent}>
              <details
                className="group"
                open={
                  refusal?.intent === intent ||
                  (index === 0 && leadsOn(intent, assignedSa)) ||
                  undefined
                }
              >
                <summary className="flex min-h-9 items-center gap-2 px-3 py-1.5 font-medium hover:bg-sunken">
                  <ChevronRight
                    aria-hidden
                    className="size-4 text-muted transition-transform group-open:rotate-90"
                  />
                  {title}
                </summary>
                <div className="border-t p-3">
                  <ActForm
                    intent={intent}
                    button={button}
                    consequence={withName(view.actsFor[intent], consequence)}
                  >
                    {fields}
                  </ActForm>
                </div>
              </details>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** Whether an opportunity waits for this: its form then needs no opening. */
function leadsOn(intent: Intent, assignedSa: string | null): boolean {
  return intent === 'decide' || intent === 'recommend' || (intent === 'assign' && !assignedSa);
}

/** In the order of the workflow, what leads on before what leads back. */
function actsOf(
  view: QualificationView,
  assignedSa: string | null,
  architects: ArchitectLoad[],
  refusal: FormRefusal | null,
): Act[] {
  const { assessment } = view;
  const version = assessment ? `version ${assessment.version}` : 'it';
  const given = (intent: Intent) => ({
    facts: { revision: view.revision, assessmentId: assessment?.id },
    ...(refusal?.intent === intent && {
      typed: refusal.typed,
      errors: refusal.errors,
      returnTo: refusal.typed.return_to?.[0],
    }),
  });
  return [
    {
      intent: 'decide',
      title: 'Decide',
      button: 'Put the decision on record',
      consequence: `This decides on ${version} for good: it is kept with its memo, everybody involved is told, and only reopening it with a reason takes it back.`,
      fields: (
        <DecideFields
          {...given('decide')}
          overrides={view.overrides}
          recommended={view.recommendation?.verdict}
        />
      ),
    },
    {
      intent: 'recommend',
      title: 'Recommend',
      button: 'Put the recommendation on record',
      consequence: `This is your view of ${version}. It goes to the managers and cannot be changed; they may return the assessment.`,
      fields: <RecommendFields {...given('recommend')} />,
    },
    {
      intent: 'assign',
      title: assignedSa ? 'Assign somebody else' : 'Assign an architect',
      button: 'Assign',
      consequence: 'They are told. A draft that was begun goes along as it stands.',
      fields: <AssignFields {...given('assign')} architects={architects} />,
    },
    {
      intent: 'return',
      title: 'Return the assessment',
      button: 'Return it',
      consequence: `${sentence(version)} stays as it is; the next version opens with its answers.`,
      fields: <ReturnFields {...given('return')} />,
    },
    {
      intent: 'reopen',
      title: 'Reopen',
      button: 'Reopen it',
      consequence: assessment
        ? 'The decision stays on record but stands no more; the next version of the assessment opens.'
        : 'The decision stays on record but stands no more.',
      fields: (
        <ReasonFields {...given('reopen')} intent="reopen" label="Why it is looked at again" />
      ),
    },
    {
      intent: 'hold',
      title: 'Put on hold',
      button: 'Put it on hold',
      consequence: 'Nothing can be done to it until somebody resumes it.',
      fields: <HoldFields {...given('hold')} />,
    },
    {
      intent: 'decline',
      title: 'Decline before assessment',
      button: 'Decide NO-GO',
      consequence: 'This decides NO-GO without an assessment. Only reopening it takes that back.',
      fields: (
        <ReasonFields {...given('decline')} intent="decline" label="Why nobody assesses it" />
      ),
    },
  ];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Says first for whom a stand-in acts, since it will be on record so. */
function withName(absent: string | undefined, consequence: string): string {
  return absent
    ? `You do this for ${absent}, and it will say so. ${consequence}`.trim()
    : consequence;
}
