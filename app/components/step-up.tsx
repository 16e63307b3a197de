import { stepUpOf, type StepUp } from '#app/domain/step-up-view.ts';
import { stepUpWords } from '#app/domain/step-up-words.ts';
import { buttonLook } from './ui/button.tsx';
import { Notice } from './ui/notice.tsx';
import { SendAgain } from './send-again.tsx';
import { SignInPage } from './sign-in-page.tsx';

/**
 * Shown where an act takes a stronger or fresher sign-in than this one. What was typed travels in this
 * page: get what is needed beside it, come back, send again. Works without a script.
 */
export function StepUpPage({ data }: { data: object }) {
  const stepUp = stepUpOf(data);
  const { title, what, button } = stepUpWords(stepUp.act, stepUp.needs, stepUp.minutes);
  return (
    <SignInPage
      title={title}
      lead={
        <>
          {what}
          <span className="mt-2 block">
            Nothing was changed yet, and nothing you typed is lost as long as this page stays open.
          </span>
        </>
      }
    >
      <SendAgain
        data={data}
        first={
          <>
            <p>1. {button}; that opens beside this page.</p>
            <a
              href={stepUp.href}
              target="_blank"
              rel="noreferrer"
              className={buttonLook({ variant: 'secondary' })}
            >
              {button} (opens a new tab)
            </a>
            {stepUp.needs === 'second-factor' ? (
              <p className="text-xs text-muted">
                Set one up on another device a moment ago?{' '}
                <a href={stepUp.factorHref} target="_blank" rel="noreferrer" className="link">
                  Enter it
                </a>
              </p>
            ) : null}
          </>
        }
      />
    </SignInPage>
  );
}

/** Says on a page what an act on it will ask for, before anything is typed. */
export function StepUpNotice({ stepUp }: { stepUp: StepUp | null }) {
  if (!stepUp) return null;
  const { title, what, button } = stepUpWords(stepUp.act, stepUp.needs, stepUp.minutes);
  return (
    <Notice tone="info" title={title}>
      {what}{' '}
      <a href={stepUp.href} className="link">
        {button}
      </a>{' '}
      now, or when you are asked: what you type is kept.
    </Notice>
  );
}
