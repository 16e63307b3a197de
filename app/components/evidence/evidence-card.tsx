import { Link } from '@remix-run/react';
import { Card } from '#app/components/ui/card.tsx';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import type { EvidenceView } from '#app/models/evidence-view.server.ts';
import { EvidenceList } from './evidence-list.tsx';
import { UploadForm } from './upload-form.tsx';

/** The files of an opportunity on its page, with the form that adds one. */
export function EvidenceCard({
  view,
  opportunity,
}: {
  view: EvidenceView;
  opportunity: { remoteNumber: string | null; remoteId: string };
}) {
  const page = opportunityPath(opportunity);
  return (
    <Card title="Evidence" flush actions={<AllFiles to={`${page}/files`} view={view} />}>
      <EvidenceList files={view.files} action={`${page}/files`} returnTo={page} />
      {view.mayAdd ? (
        <div className="border-t p-4">
          <UploadForm view={view} action={`${page}/files`} returnTo={page} />
        </div>
      ) : null}
    </Card>
  );
}

/**
 * The files behind one criterion, on its sheet. A file is added in a window of its own: what is typed on
 * the sheet and not saved yet stays where it is.
 */
export function CriterionEvidence({
  view,
  path,
  criterion,
}: {
  view: EvidenceView;
  /** The page of the opportunity. */
  path: string;
  criterion: string;
}) {
  const files = view.files.filter((file) => file.criterion === criterion);
  if (files.length === 0 && !view.mayAdd) return null;
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-xs">
      {files.map((file) => (
        <a key={file.id} href={`/files/${file.id}`} className="wrap-anywhere link">
          {file.name}
        </a>
      ))}
      {view.mayAdd ? (
        <a
          href={`${path}/files?${new URLSearchParams({ criterion })}`}
          target="_blank"
          rel="noopener"
          className="link"
        >
          Add a file (opens a new window)
        </a>
      ) : null}
    </div>
  );
}

function AllFiles({ to, view }: { to: string; view: EvidenceView }) {
  if (view.files.length === 0) return null;
  return (
    <Link to={to} className="text-xs link">
      All files
    </Link>
  );
}
