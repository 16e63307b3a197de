import { Link } from '@remix-run/react';
import { formatScore } from '#app/domain/scoring.ts';
import { Moment } from '#app/components/time.tsx';
import type { VersionLine } from '#app/models/assessment-record.server.ts';

/** The versions of an opportunity's assessment, each a link; the one that is shown is none. */
export function VersionLinks({
  path,
  versions,
  shown,
}: {
  /** Of the opportunity. */
  path: string;
  versions: readonly VersionLine[];
  shown?: number;
}) {
  const newest = versions[0]?.version ?? 0;
  return (
    <div className="grid gap-3">
      <ol className="grid gap-2">
        {versions.map(({ version, status, assessorName, submittedAt, score, band }) => (
          <li key={version} className="grid gap-0.5">
            <span className="flex flex-wrap items-baseline justify-between gap-x-3">
              {version === shown ? (
                <strong aria-current="page">Version {version}</strong>
              ) : (
                <Link to={`${path}/assessments/${version}`} className="link">
                  Version {version}
                </Link>
              )}
              <span className="font-medium">
                {status === 'DRAFT' || score === null ? 'draft' : `${formatScore(score)} · ${band}`}
              </span>
            </span>
            <span className="text-xs text-muted">
              {assessorName}
              {submittedAt ? (
                <>
                  , <Moment at={submittedAt} />
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
      {newest > 1 ? (
        <Link
          to={`${path}/versions?left=${(shown ?? newest) > 1 ? (shown ?? newest) - 1 : 1}&right=${(shown ?? newest) > 1 ? (shown ?? newest) : newest}`}
          className="justify-self-start link"
        >
          Compare side by side
        </Link>
      ) : null}
    </div>
  );
}
