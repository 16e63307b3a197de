import { Form } from '@remix-run/react';
import { File, FileImage, FileSpreadsheet, FileText, Presentation } from 'lucide-react';
import { Moment } from '#app/components/time.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import { claimedType, formatBytes } from '#app/domain/evidence.ts';
import type { ListedFile } from '#app/models/evidence-view.server.ts';

const icons = {
  document: FileText,
  sheet: FileSpreadsheet,
  slides: Presentation,
  image: FileImage,
  text: FileText,
};

interface Shown {
  /** Where the buttons beside a file post to. */
  action: string;
  /** Where to go after a button; where `action` says if left out. */
  returnTo?: string | null;
  /** A removal that was refused, to be shown again as it was typed. */
  refused?: { id?: string; reason?: string } | null;
}

/** Files with what they are about, who added them, and what can be done. */
export function EvidenceList({ files, ...shown }: { files: ListedFile[] } & Shown) {
  if (files.length === 0) {
    return <p className="px-4 py-3 text-muted">No file has been added yet.</p>;
  }
  return (
    <ul className="divide-y">
      {files.map((file) => (
        <li key={file.id} className="flex gap-3 px-4 py-2.5">
          <TypeIcon name={file.name} />
          <div className="grid min-w-0 grow gap-0.5">
            <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
              <Name file={file} />
              <ScanBadge file={file} />
              {file.criterionName ? <Badge>{file.criterionName}</Badge> : null}
            </div>
            <div className="flex flex-wrap items-start gap-x-3 gap-y-0.5 text-xs">
              <p className="wrap-anywhere text-muted">
                {formatBytes(file.bytes)} · <bdi>{file.uploadedBy}</bdi> ·{' '}
                <Moment at={file.uploadedAt} />
              </p>
              <Acts file={file} {...shown} />
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

function TypeIcon({ name }: { name: string }) {
  const Icon = icons[claimedType(name)?.kind ?? 'document'] ?? File;
  return <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />;
}

function Name({ file }: { file: ListedFile }) {
  const name = <bdi className="font-medium wrap-anywhere">{file.name}</bdi>;
  if (file.scan !== 'CLEAN') return name;
  return (
    <a href={`/files/${file.id}`} className="link">
      {name}
    </a>
  );
}

function ScanBadge({ file }: { file: ListedFile }) {
  if (file.scan === 'CLEAN') return null;
  if (file.scan === 'REFUSED') return <Badge tone="bad">Refused by the scanner, not kept</Badge>;
  return <Badge tone="warning">Waits for the scanner</Badge>;
}

function Acts({ file, action, returnTo, refused }: { file: ListedFile } & Shown) {
  const again = refused?.id === file.id ? refused : null;
  return (
    <>
      {file.scan === 'PENDING' ? (
        <Form method="post" action={action}>
          <Hidden id={file.id} intent="rescan" returnTo={returnTo} />
          <button className="link">Scan now</button>
        </Form>
      ) : null}
      {file.removable ? (
        <details className="min-w-0 open:basis-full" open={again !== null}>
          <summary className="w-fit link">
            Remove<span className="sr-only"> {file.name}</span>
          </summary>
          <Form
            method="post"
            action={action}
            className="mt-2 flex max-w-xl flex-wrap items-end gap-2"
          >
            <Hidden id={file.id} intent="remove" returnTo={returnTo} />
            <TextField
              name="reason"
              label="Why is it removed?"
              hint={file.relied ? 'An assessment may rest on it: its bytes stay on record.' : null}
              defaultValue={again?.reason}
              required
              minLength={5}
              most={1000}
              autoComplete="off"
              className="min-w-48 grow"
            />
            <Button variant="danger">Remove</Button>
          </Form>
        </details>
      ) : null}
    </>
  );
}

function Hidden(fields: { id: string; intent: string; returnTo?: string | null }) {
  return (
    <>
      <input type="hidden" name="intent" value={fields.intent} />
      <input type="hidden" name="id" value={fields.id} />
      {fields.returnTo ? <input type="hidden" name="return_to" value={fields.returnTo} /> : null}
    </>
  );
}
