import { postedForm } from '#app/domain/posted-form.ts';
import { Button } from './ui/button.tsx';
import { Notice } from './ui/notice.tsx';

/** What somebody had typed, on its way through this page, with the button that sends it again. */
export function SendAgain({
  data,
  first,
}: {
  data: object;
  /** What to do before. */ first: React.ReactNode;
}) {
  const { action, fields, incomplete } = postedForm(data);
  return (
    <>
      <ol className="grid gap-4">
        <li className="grid justify-items-start gap-1.5">{first}</li>
        <li className="grid justify-items-start gap-1.5">
          <p>2. Come back here and send it again.</p>
          <form action={action} method="post">
            {fields.map(([name, value], index) => (
              <input key={index} type="hidden" name={name} value={value} />
            ))}
            <Button variant="primary">Send again</Button>
          </form>
        </li>
      </ol>
      {incomplete ? (
        <Notice tone="warning" className="mt-4">
          Files and very long texts could not be kept: go back in the browser to get those.
        </Notice>
      ) : null}
    </>
  );
}
