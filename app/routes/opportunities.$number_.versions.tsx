import { SignedName } from '#app/components/signed-name.tsx';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { requireOpportunity } from '#app/auth/require-opportunity.server.ts';
import { AssessmentHeading } from '#app/components/assessment/assessment-heading.tsx';
import { BandBadge } from '#app/components/assessment/standing-figures.tsx';
import { VersionComparison } from '#app/components/assessment/version-comparison.tsx';
import { Moment } from '#app/components/time.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { SelectField } from '#app/components/ui/select-field.tsx';
import { ratingsOf } from '#app/domain/assessment.ts';
import { mayReadDraft } from '#app/domain/draft-readers.ts';
import { formatScore, standingOf } from '#app/domain/scoring.ts';
import { compareSheets } from '#app/domain/sheet-difference.ts';
import { assessedOpportunity } from '#app/lib/assessed-opportunity.ts';
import { db } from '#app/lib/db.server.ts';
import {
  listVersions,
  readReturn,
  type Returned,
  type VersionLine,
} from '#app/models/assessment-record.server.ts';
import { readAssessment, type AssessmentVersion } from '#app/models/assessment.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.heading.name ?? data.heading.number}, versions · BQS` : 'BQS' },
];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, opportunity } = await requireOpportunity(args);
  const drafts = mayReadDraft(viewer, opportunity);
  const versions = await listVersions(db, opportunity.id, { drafts });
  const heading = assessedOpportunity(opportunity);
  const { searchParams } = new URL(args.request.url);
  const [newest, second] = versions;
  const asked = { left: searchParams.get('left'), right: searchParams.get('right') };
  const left = await sideOf(opportunity.id, versions, asked.left, second ?? newest);
  const right = await sideOf(opportunity.id, versions, asked.right, newest);
  const rows = left && right ? compareSheets(left.assessment, right.assessment) : [];
  return { heading, versions, left: left && shown(left), right: right && shown(right), rows };
}

interface Chosen {
  assessment: AssessmentVersion;
  returned: Returned | null;
}

/** The version an address names, or the one to begin with; null where there is none at all. */
async function sideOf(
  opportunityId: string,
  versions: readonly VersionLine[],
  asked: string | null,
  otherwise: VersionLine | undefined,
): Promise<Chosen | null> {
  if (asked !== null && !/^[1-9]\d{0,5}$/.test(asked)) {
    throw new Response('A version is a number such as 1 or 2.', { status: 400 });
  }
  const version = asked === null ? otherwise?.version : Number(asked);
  if (version === undefined) return null;
  const listed = versions.some((each) => each.version === version);
  const assessment = listed ? await readAssessment(db, opportunityId, version) : null;
  if (assessment) return { assessment, returned: await readReturn(db, assessment.id) };
  const words = `There is no version ${version} of this assessment that can be read.`;
  throw new Response(words, { status: 404 });
}

function shown({ assessment, returned }: Chosen) {
  const { version, status, summary, assessorName, submittedAt, savedAt, scorecard } = assessment;
  const standing = standingOf(scorecard.definition, ratingsOf(assessment.answers));
  const at = submittedAt ?? savedAt;
  return {
    version,
    status,
    summary,
    assessorName,
    at,
    scorecard: scorecard.name,
    standing,
    returned,
  };
}

export default function Versions() {
  const { heading, versions, left, right, rows } = useLoaderData<typeof loader>();
  return (
    <article className="grid max-w-[90rem] gap-4">
      <AssessmentHeading opportunity={heading} title="Versions side by side" />
      {!left || !right || versions.length < 2 ? (
        <Card flush>
          <EmptyState
            title={versions.length === 0 ? 'Nothing has been assessed yet' : 'There is one version'}
            action={
              versions[0] ? (
                <Link to={`${heading.path}/assessments/${versions[0].version}`} className="link">
                  Read version {versions[0].version}
                </Link>
              ) : (
                <Link to={heading.path} className="link">
                  Back to the opportunity
                </Link>
              )
            }
          >
            Two versions can be compared once there are two.
          </EmptyState>
        </Card>
      ) : (
        <>
          <Choice versions={versions} left={left.version} right={right.version} />
          {left.version === right.version ? (
            <Notice tone="info">Both sides are the same version. Choose another one.</Notice>
          ) : null}
          {left.scorecard !== right.scorecard ? (
            <Notice tone="info" title="The two are on different scorecards">
              Their scores weigh differently. What only one of them asks is among the differences.
            </Notice>
          ) : null}
          <div className="grid gap-4 md:grid-cols-[13rem_minmax(0,1fr)_minmax(0,1fr)] md:gap-6 md:px-4">
            <div className="max-md:hidden" />
            <Head side={left} path={heading.path} />
            <Head side={right} path={heading.path} />
          </div>
          <VersionComparison
            rows={rows}
            left={`Version ${left.version}`}
            right={`Version ${right.version}`}
          />
        </>
      )}
    </article>
  );
}

function Choice({
  versions,
  left,
  right,
}: {
  versions: readonly VersionLine[];
  left: number;
  right: number;
}) {
  const options = versions.map(({ version, status }) => (
    <option key={version} value={version}>
      Version {version}
      {status === 'DRAFT' ? ' (draft)' : ''}
    </option>
  ));
  return (
    <Form key={`${left}-${right}`} className="flex flex-wrap items-end gap-2">
      <SelectField name="left" label="Left" defaultValue={left}>
        {options}
      </SelectField>
      <SelectField name="right" label="Right" defaultValue={right}>
        {options}
      </SelectField>
      <Button>Compare</Button>
    </Form>
  );
}

function Head({ side, path }: { side: ReturnType<typeof shown>; path: string }) {
  const { version, status, standing, summary, assessorName, at, returned } = side;
  return (
    <section className="grid min-w-0 content-start gap-1.5">
      <h2 className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Link to={`${path}/assessments/${version}`} className="font-semibold link">
          Version {version}
        </Link>
        <span className="text-lg font-semibold">
          {formatScore(standing.score)}
          {standing.band ? null : <span className="text-xs font-normal text-muted"> so far</span>}
        </span>
        {standing.band ? <BandBadge band={standing.band} /> : null}
      </h2>
      <p className="text-xs text-muted">
        {assessorName}, {status === 'DRAFT' ? 'draft saved ' : ''}
        <Moment at={at} />
      </p>
      {returned ? (
        <p className="border-l-2 border-warning pl-2.5 text-xs wrap-anywhere">
          Returned by <SignedName name={returned.by} />: “{returned.reason}”
        </p>
      ) : null}
      {summary.trim() ? (
        <p className="line-clamp-6 wrap-anywhere whitespace-pre-line">{summary}</p>
      ) : null}
    </section>
  );
}
