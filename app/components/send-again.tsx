import { useLocation } from '@remix-run/react';
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
  const { action, fields, incomplete } = postedForm(data);
  return (
    <div className="grid justify-items-start gap-3">
      <form action={action} method="post">
        {fields.map(([name, value], index) => (
          <input key={index} type="hidden" name={name} value={value} />
        ))}
        <Button variant="primary">Send again</Button>
      </form>
      <p className="text-muted">
        What you typed is kept as long as this page stays open, so send it again then.
      </p>
      {incomplete ? (
        <Notice tone="warning">
          Files and very long texts could not be kept: go back in the browser to get those.
        </Notice>
      ) : null}
    </div>
  );
}
