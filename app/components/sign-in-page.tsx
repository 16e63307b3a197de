import type { ReactNode } from 'react';
import { Card } from './ui/card.tsx';

/** The frame of the pages around signing in: one narrow column. */
export function SignInPage({
  title,
  lead,
  children,
  footer,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
}) {
  return (
    <div className="mx-auto grid w-full max-w-sm gap-5 py-8 sm:py-16">
      <div className="grid gap-1">
        <h1 className="text-xl font-semibold tracking-tight text-pretty">{title}</h1>
        {lead ? <p className="text-pretty text-muted">{lead}</p> : null}
      </div>
      <Card>{children}</Card>
      {footer ? <div className="grid gap-1.5 text-sm text-muted">{footer}</div> : null}
    </div>
  );
}

/** For a form that is there for this browser no more, or never was: nobody can tell which. */
export function CookiesNeeded({ again }: { again: string }) {
  return (
    <SignInPage title="This form is over">
      <p>
        It was used, its time is up, or this browser did not send back the cookie that protects it.{' '}
        <a href={again} className="text-accent underline">
          Start again
        </a>
        ; where that leads back here, allow cookies for this site.
      </p>
      <p className="mt-3">
        An invitation that is over is made anew by whoever invited you: ask them for a new code.
      </p>
    </SignInPage>
  );
}

/** A link between these pages; each is a document of its own, as the identity server redirects. */
export function AuthLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <a href={to} className="text-accent underline">
      {children}
    </a>
  );
}
