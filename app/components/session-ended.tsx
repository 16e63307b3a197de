import { buttonLook } from './ui/button.tsx';
import { SendAgain } from './send-again.tsx';
import { SignInPage } from './sign-in-page.tsx';

/**
 * Shown where somebody sent a form after their session had ended, or before its second factor. What they
 * typed travels in this page, so that signing in beside it and sending again loses nothing. Works without
 * a script.
 */
export function SessionEnded({ data }: { data: object }) {
  const factorDue = 'kind' in data && data.kind === 'second-factor';
  return (
    <SignInPage
      title={factorDue ? 'Your second factor is due' : 'You are signed out'}
      lead="Nothing was saved yet, and nothing you typed is lost as long as this page stays open."
    >
      <SendAgain
        data={data}
        first={
          <>
            <p>1. Sign in; that opens beside this page.</p>
            <a
              href={`/login?${new URLSearchParams({ return_to: '/welcome?resume=1' })}`}
              target="_blank"
              rel="noreferrer"
              className={buttonLook({ variant: 'secondary' })}
            >
              Sign in (opens a new tab)
            </a>
          </>
        }
      />
    </SignInPage>
  );
}
