import { Upload } from 'lucide-react';
import { clsx } from 'clsx';
import { useEffect, useId, useState, type ChangeEvent } from 'react';
import { Button } from '#app/components/ui/button.tsx';
import { SelectField } from '#app/components/ui/select-field.tsx';
import { controlLook } from '#app/components/ui/field.tsx';
import { evidenceAccept, evidenceTypeNames } from '#app/domain/evidence.ts';
import type { EvidenceView } from '#app/models/evidence-view.server.ts';

/**
 * Adds one file. The browser posts it by itself, so that it shows how far it is; a file that is too large
 * is named as such before it is sent, and by the server where there is no script.
 */
export function UploadForm({
  view,
  action,
  about,
  returnTo,
}: {
  view: EvidenceView;
  action: string;
  /** The criterion chosen at first. */
  about?: string | null;
  returnTo?: string | null;
}) {
  const [sending, setSending] = useState(false);
  useEffect(() => {
    // Going back shows the page as it was left, sending.
    const shown = () => setSending(false);
    window.addEventListener('pageshow', shown);
    return () => window.removeEventListener('pageshow', shown);
  }, []);
  return (
    <form
      method="post"
      action={action}
      encType="multipart/form-data"
      onSubmit={() => setSending(true)}
      className="grid gap-2"
    >
      {returnTo ? <input type="hidden" name="return_to" value={returnTo} /> : null}
      {/* What comes before the file is known when the file is refused. */}
      <div className="flex max-w-4xl flex-wrap items-end gap-3">
        <About view={view} about={about} />
        <FileField mostMb={view.mostMb} />
        <Button disabled={sending}>
          <Upload aria-hidden />
          {sending ? 'Adding…' : 'Add file'}
        </Button>
      </div>
      <p className="text-xs text-muted">
        One file of at most {view.mostMb} MB: {evidenceTypeNames}.
      </p>
    </form>
  );
}

function FileField({ mostMb }: { mostMb: number }) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const measure = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const tooLarge = (target.files?.[0]?.size ?? 0) > mostMb * 1024 * 1024;
    const words = tooLarge ? `This file is larger than ${mostMb} MB. Choose a smaller one.` : '';
    target.setCustomValidity(words);
    setProblem(words || null);
  };
  return (
    <div className="grid min-w-60 grow gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        File
      </label>
      <input
        id={id}
        type="file"
        name="file"
        required
        accept={evidenceAccept}
        onChange={measure}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-error` : undefined}
        className={clsx(
          controlLook,
          'file:mr-3 file:cursor-pointer file:rounded-sm file:border-0 file:bg-sunken file:px-2 file:py-0.5 file:font-medium file:text-ink',
        )}
      />
      {problem ? (
        <p id={`${id}-error`} role="alert" className="text-xs font-medium text-bad">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

function About({ view, about }: { view: EvidenceView; about?: string | null }) {
  if (view.criteria.length === 0) return null;
  return (
    <SelectField name="criterion" label="About" defaultValue={about ?? ''}>
      <option value="">The whole opportunity</option>
      {view.criteria.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
