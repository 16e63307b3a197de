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

/** The files behind one criterion, for inside the form of an assessment, where no other form may be. */
export function CriterionEvidence({
  view,
  opportunity,
  criterion,
  returnTo,
}: {
  view: EvidenceView;
  opportunity: { remoteNumber: string | null; remoteId: string };
  criterion: string;
  returnTo: string;
}) {
  const files = view.files.filter((file) => file.criterion === criterion);
  const query = new URLSearchParams({ criterion, return_to: returnTo });
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-xs">
      {files.map((file) => (
        <a key={file.id} href={`/files/${file.id}`} className="wrap-anywhere link">
          {file.name}
        </a>
      ))}
      {view.mayAdd ? (
        <Link to={`${opportunityPath(opportunity)}/files?${query}`} className="link">
          Add a file
        </Link>
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
