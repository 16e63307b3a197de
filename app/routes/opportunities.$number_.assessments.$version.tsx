import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { requireOpportunity } from '#app/auth/require-opportunity.server.ts';
import { AssessmentHeading } from '#app/components/assessment/assessment-heading.tsx';
import { ReturnedNotice } from '#app/components/assessment/previous-answer.tsx';
import { ReadSheet } from '#app/components/assessment/read-sheet.tsx';
import { CriterionEvidence } from '#app/components/evidence/evidence-card.tsx';
import { StaleMarks } from '#app/components/assessment/stale-marks.tsx';
import { SensitivityLines, StandingFigures } from '#app/components/assessment/standing-figures.tsx';
import { VersionLinks } from '#app/components/assessment/version-links.tsx';
import { Moment } from '#app/components/time.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { ratingsOf } from '#app/domain/assessment.ts';
import { mayReadDraft } from '#app/domain/draft-readers.ts';
import { judge } from '#app/domain/judge.ts';
import { standingOf } from '#app/domain/scoring.ts';
import { assessedOpportunity } from '#app/lib/assessed-opportunity.ts';
import { db } from '#app/lib/db.server.ts';
import { listMarks, listVersions, readReturn } from '#app/models/assessment-record.server.ts';
import { readEvidenceView } from '#app/models/evidence-view.server.ts';
import { readAssessment } from '#app/models/assessment.server.ts';
import { factsOf, readQualification } from '#app/models/qualification.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data, params }) => [
  { title: data ? `${data.heading.name ?? data.heading.number}, v${params.version} · BQS` : 'BQS' },
];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, opportunity } = await requireOpportunity(args);
  const drafts = mayReadDraft(viewer, opportunity);
  const wanted = /^[1-9]\d{0,5}$/.test(args.params.version ?? '') ? Number(args.params.version) : 0;
  const assessment = await readAssessment(db, opportunity.id, wanted);
  if (!assessment || (assessment.status === 'DRAFT' && !drafts)) {
    const words = `There is no submitted version ${args.params.version} of this assessment.`;
    throw new Response(words, { status: 404 });
  }
  const [qualification, returned, marks, versions] = await Promise.all([
    readQualification(db, opportunity.id),
    readReturn(db, assessment.id),
    listMarks(db, assessment.id),
    listVersions(db, opportunity.id, { drafts }),
  ]);
  const mine = qualification && judge(viewer, 'save', factsOf(qualification)).ok;
  return {
    heading: assessedOpportunity(opportunity),
    assessment,
    returned,
    marks,
    versions,
    evidence: await readEvidenceView(db, viewer, opportunity),
    mayEdit: assessment.status === 'DRAFT' && mine === true,
  };
}

export default function AssessmentVersionPage() {
  const { heading, assessment, returned, marks, versions, evidence, mayEdit } =
    useLoaderData<typeof loader>();
  const { version, status, summary, scorecard } = assessment;
  return (
    <article className="grid max-w-[90rem] gap-4">
      <AssessmentHeading
        opportunity={heading}
        title={`Assessment, version ${version}`}
        actions={
          mayEdit ? (
            <LinkButton to={`${heading.path}/assess`}>Go on filling it in</LinkButton>
          ) : null
        }
      />
      {status === 'DRAFT' ? (
        <Notice tone="info" title="This is a draft">
          It was last saved on <Moment at={assessment.savedAt} /> and may still change.
        </Notice>
      ) : null}
      {returned ? <ReturnedNotice version={version} {...returned} /> : null}
      <StaleMarks marks={marks} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="grid min-w-0 gap-4">
          <Card title="Summary">
            {summary.trim() ? (
              <p className="max-w-prose wrap-anywhere whitespace-pre-line">{summary}</p>
            ) : (
              <p className="text-muted">Nothing is written yet.</p>
            )}
          </Card>
          <Card title="Ratings" flush>
            <ReadSheet
              card={scorecard.definition}
              sheet={assessment}
              evidence={(criterion) => (
                <CriterionEvidence view={evidence} path={heading.path} criterion={criterion} />
              )}
            />
          </Card>
        </div>
        <Side versions={versions} />
      </div>
    </article>
  );
}

function Side({ versions }: Pick<Awaited<ReturnType<typeof loader>>, 'versions'>) {
  const { heading, assessment } = useLoaderData<typeof loader>();
  const { scorecard, assessorName, submittedAt, startedAt, version } = assessment;
  const card = scorecard.definition;
  const ratings = ratingsOf(assessment.answers);
  const standing = standingOf(card, ratings);
  return (
    <aside aria-label="How it stands" className="grid gap-4 lg:sticky lg:top-4">
      <Card title="Score">
        <StandingFigures card={card} standing={standing} />
        <p className="mt-3 text-xs text-muted">
          {assessorName}, <Moment at={submittedAt ?? startedAt} />
          <br />
          on the scorecard “{scorecard.name}”
        </p>
      </Card>
      <Card title="Sensitivity">
        <SensitivityLines card={card} ratings={ratings} standing={standing} />
      </Card>
      <Card title="Versions">
        <VersionLinks path={heading.path} versions={versions} shown={version} />
      </Card>
    </aside>
  );
}
