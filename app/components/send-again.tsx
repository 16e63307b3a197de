import { useLocation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { postedForm } from '#app/domain/posted-form.ts';
import { Button, buttonLook } from './ui/button.tsx';
import { Notice } from './ui/notice.tsx';

/** A plain link: what failed may be the page's own scripts. */
export function Retry() {
  const { pathname, search } = useLocation();
  return (
    <a href={pathname + search} className={buttonLook({ variant: 'primary' })}>
      Try again
    </a>
  );
}

/**
 * The way on for what was not carried out: a form is kept in the page, so that sending it again loses nothing
 * typed; what was only read is asked for again.
 */
export function Again({ data }: { data: unknown }) {
  if (!data || typeof data !== 'object' || !('fields' in data)) return <Retry />;
  return (
    <div className="grid justify-items-start gap-3">
      <KeptForm data={data} />
      <p className="text-muted">
        What you typed is kept as long as this page stays open, so send it again then.
      </p>
      <Incomplete data={data} />
    </div>
  );
}

/** What somebody had typed, with the button that sends it again after something else is done `first`. */
export function SendAgain({ data, first }: { data: object; first: ReactNode }) {
  return (
    <div className="grid gap-4">
      <ol className="grid gap-4">
        <li className="grid justify-items-start gap-1.5">{first}</li>
        <li className="grid justify-items-start gap-1.5">
          <p>2. Come back here and send it again.</p>
          <KeptForm data={data} />
        </li>
      </ol>
      <Incomplete data={data} />
    </div>
  );
}

function KeptForm({ data }: { data: object }) {
  const { action, fields } = postedForm(data);
  return (
    <form action={action} method="post">
      {fields.map(([name, value], index) => (
        <input key={index} type="hidden" name={name} value={value} />
      ))}
      <Button variant="primary">Send again</Button>
    </form>
  );
}

function Incomplete({ data }: { data: object }) {
  if (!postedForm(data).incomplete) return null;
  return (
    <Notice tone="warning">
      Files and very long texts could not be kept: go back in the browser to get those.
    </Notice>
  );
}
