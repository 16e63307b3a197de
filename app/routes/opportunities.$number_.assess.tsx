import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { useState } from 'react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { requireOpportunity, requireReadable } from '#app/auth/require-opportunity.server.ts';
import { AssessmentForm } from '#app/components/assessment/assessment-form.tsx';
import { AssessmentHeading } from '#app/components/assessment/assessment-heading.tsx';
import { NoSheet, StartSheet } from '#app/components/assessment/no-sheet.tsx';
import { ReturnedNotice } from '#app/components/assessment/previous-answer.tsx';
import { ReadSheet } from '#app/components/assessment/read-sheet.tsx';
import { VersionLinks } from '#app/components/assessment/version-links.tsx';
import { CriterionEvidence } from '#app/components/evidence/evidence-card.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { mayReadDraft } from '#app/domain/draft-readers.ts';
import { judge } from '#app/domain/judge.ts';
import { parseQualificationForm } from '#app/domain/qualification-form.ts';
import { workflowStatusNames } from '#app/domain/workflow.ts';
import { assessedOpportunity } from '#app/lib/assessed-opportunity.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { listVersions, readReturn } from '#app/models/assessment-record.server.ts';
import { readEvidenceView } from '#app/models/evidence-view.server.ts';
import { factsOf, readQualification } from '#app/models/qualification.server.ts';
import { actOnSheet, type RefusedSheet } from '#app/services/act-on-sheet.server.ts';
import { startAssessment } from '#app/services/start-assessment.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Assess ${data.heading.name ?? data.heading.number} · BQS` : 'BQS' },
];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, opportunity } = await requireOpportunity(args);
  const qualification = await readQualification(db, opportunity.id);
  if (!qualification) throw new Response('There is no such opportunity.', { status: 404 });
  const facts = factsOf(qualification);
  const { draft, submitted } = qualification;
  const { status, revision, gone } = qualification.opportunity;
  const drafts = mayReadDraft(viewer, opportunity);
  return {
    heading: assessedOpportunity(opportunity),
    sheet: draft && judge(viewer, 'save', facts).ok ? draft : null,
    start: judge(viewer, 'start', facts).ok
      ? { revision, version: (submitted?.version ?? 0) + 1 }
      : null,
    none: {
      status,
      gone,
      assignedTo: opportunity.assignedTo,
      stateName: workflowStatusNames[status],
      draft: draft && { version: draft.version, startedAt: draft.startedAt },
      submitted: submitted && { version: submitted.version },
    },
    previous: submitted && {
      version: submitted.version,
      summary: submitted.summary,
      answers: submitted.answers,
    },
    returned: submitted && (await readReturn(db, submitted.id)),
    evidence: await readEvidenceView(db, viewer, opportunity),
    versions: await listVersions(db, opportunity.id, { drafts }),
  };
}

export async function action(args: ActionFunctionArgs) {
  await requirePermission(args, 'assess:opportunity');
  const { viewer, opportunity } = await requireReadable(args, () => 'assess');
  const posted = await formDataOf(args.request);
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const by = { actorId: viewer.id, opportunityId: opportunity.id, requestId };
  const path = opportunityPath(opportunity);
  if (posted.get('intent') === 'start') return start(by, posted, path);
  const outcome = await actOnSheet(by, posted);
  if (!outcome.ok) return data(outcome, { status: outcome.status });
  const page = outcome.kind === 'submitted' ? `assessments/${outcome.version}` : 'assess';
  return redirectWithToast(`${path}/${page}`, { tone: 'good', title: outcome.message });
}

/** Opens the sheet; asked twice by the same person it is open all the same. */
async function start(
  by: { actorId: string; opportunityId: string; requestId?: string },
  posted: FormData,
  path: string,
) {
  const parsed = parseQualificationForm(posted);
  if (!parsed.ok) return data(refusal(400, parsed.message), { status: 400 });
  const outcome = await startAssessment({ ...by, revision: parsed.form.revision });
  if (outcome.ok) {
    return redirectWithToast(`${path}/assess`, { tone: 'good', title: outcome.message });
  }
  const now = await readQualification(db, by.opportunityId);
  if (outcome.status === 409 && now?.draft?.assessorId === by.actorId) {
    return redirect(`${path}/assess`);
  }
  return data(refusal(outcome.status, outcome.message), { status: outcome.status });
}

function refusal(status: number, message: string): RefusedSheet {
  return { ok: false, status, message, errors: {}, typed: null, now: null };
}

export default function Assess() {
  const { heading, previous, returned, none, versions, evidence } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { sheet, closed } = useOpenSheet();
  return (
    <article className="grid max-w-[90rem] gap-4">
      <AssessmentHeading
        opportunity={heading}
        title={`Assessment${sheet ? `, version ${sheet.version}` : ''}`}
        actions={
          sheet && previous ? (
            <LinkButton
              to={`${heading.path}/versions?left=${previous.version}&right=${sheet.version}`}
            >
              Compare with version {previous.version}
            </LinkButton>
          ) : null
        }
      />
      {returned && previous && (sheet || none.status === 'IN_ASSESSMENT') ? (
        <ReturnedNotice version={previous.version} {...returned} />
      ) : null}
      {closed ? (
        <Notice tone="warning" role="alert" title="This sheet is not yours to save any more">
          It was handed over, submitted or put on hold. What you typed is still here to be copied;
          load the page again to see how it stands.
        </Notice>
      ) : null}
      {sheet ? (
        <AssessmentForm
          key={sheet.id}
          address={`${heading.path}/assess`}
          card={sheet.scorecard.definition}
          draft={sheet}
          previous={previous}
          refused={refused}
          evidence={(criterion) => (
            <CriterionEvidence view={evidence} path={heading.path} criterion={criterion} />
          )}
        />
      ) : (
        <>
          {refused ? <Refused refused={refused} /> : null}
          <Absent />
          {versions.length > 0 ? (
            <Card title="Versions">
              <VersionLinks path={heading.path} versions={versions} />
            </Card>
          ) : null}
        </>
      )}
    </article>
  );
}

/**
 * The sheet to fill in. It stays while somebody types, also where the page learns in between that it is
 * closed to them: nothing typed goes away by itself.
 */
function useOpenSheet() {
  const { heading, sheet } = useLoaderData<typeof loader>();
  const [kept, setKept] = useState({ path: heading.path, sheet });
  if (kept.path !== heading.path || (sheet && kept.sheet !== sheet)) {
    setKept({ path: heading.path, sheet });
  }
  const closed = !sheet && kept.path === heading.path && kept.sheet !== null;
  return { sheet: closed ? kept.sheet : sheet, closed };
}

function Absent() {
  const { heading, start, none } = useLoaderData<typeof loader>();
  return start ? <StartSheet {...start} /> : <NoSheet path={heading.path} {...none} />;
}

/** Whoever may not go on with a sheet keeps what they typed on it, to copy it from here. */
function Refused({ refused }: { refused: RefusedSheet }) {
  const { message, typed } = refused;
  return (
    <>
      <Notice tone="bad" role="alert" title={message}>
        {typed ? 'What you typed was not saved. It is below, to be copied.' : null}
      </Notice>
      {typed ? (
        <Card title="What you typed" flush>
          {typed.sheet.summary ? (
            <p className="border-b px-4 py-3 wrap-anywhere whitespace-pre-line">
              {typed.sheet.summary}
            </p>
          ) : null}
          <ReadSheet card={typed.card} sheet={typed.sheet} />
        </Card>
      ) : null}
    </>
  );
}
