import { postedForm } from '#app/domain/posted-form.ts';
import { Button } from './ui/button.tsx';
import { Notice } from './ui/notice.tsx';

/** A form that was not carried out, kept in the page so that sending it again loses nothing typed. */
export function SendAgain({ data }: { data: unknown }) {
  if (!data || typeof data !== 'object' || !('fields' in data)) return null;
  const { action, fields, incomplete } = postedForm(data);
  return (
    <div className="grid justify-items-start gap-3">
      <p>What you typed is kept as long as this page stays open.</p>
      <form action={action} method="post">
        {fields.map(([name, value], index) => (
          <input key={index} type="hidden" name={name} value={value} />
        ))}
        <Button variant="primary">Send again</Button>
      </form>
      {incomplete ? (
        <Notice tone="warning">
          Files and very long texts could not be kept: go back in the browser to get those.
        </Notice>
      ) : null}
    </div>
  );
}
