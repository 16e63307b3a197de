import { postedForm } from '#app/domain/posted-form.ts';
import { Button, buttonLook } from './ui/button.tsx';
import { Notice } from './ui/notice.tsx';
import { SignInPage } from './sign-in-page.tsx';

/**
 * Shown where somebody sent a form after their session had ended, or before its second factor. What they
 * typed travels in this page, so that signing in beside it and sending again loses nothing. Works without
 * a script.
 */
export function SessionEnded({ data }: { data: object }) {
  const { incomplete } = postedForm(data);
  const factorDue = 'kind' in data && data.kind === 'second-factor';
  return (
    <SignInPage
      title={factorDue ? 'Your second factor is due' : 'You are signed out'}
      lead="Nothing was saved yet, and nothing you typed is lost as long as this page stays open."
    >
      <ol className="grid gap-4">
        <li className="grid justify-items-start gap-1.5">
          <p>1. Sign in; that opens beside this page.</p>
          <a
            href={`/login?${new URLSearchParams({ return_to: '/welcome?resume=1' })}`}
            target="_blank"
            rel="noreferrer"
            className={buttonLook({ variant: 'secondary' })}
          >
            Sign in (opens a new tab)
          </a>
        </li>
        <li className="grid justify-items-start gap-1.5">
          <p>2. Come back here and send it again.</p>
          <SendAgain data={data} />
        </li>
      </ol>
      {incomplete ? <Incomplete /> : null}
    </SignInPage>
  );
}

/** Sends what was typed once more, as the page carries it. */
export function SendAgain({ data }: { data: object }) {
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

/** Says that not everything sent could be kept. */
export function Incomplete() {
  return (
    <Notice tone="warning" className="mt-4">
      Files and very long texts could not be kept: go back in the browser to get those.
    </Notice>
  );
}
