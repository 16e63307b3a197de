import { isRouteErrorResponse, useLocation, useRouteError } from '@remix-run/react';
import type { ReactNode } from 'react';
import { sentenceCase } from '#app/lib/format.ts';
import { useRequestId } from './document-facts.tsx';
import { Again, Retry } from './send-again.tsx';
import { SessionEnded } from './session-ended.tsx';
import { StepUpPage } from './step-up.tsx';
import { Button, buttonLook } from './ui/button.tsx';

/** What went wrong, said by the status of the error and never by its internals. */
export function GeneralErrorBoundary() {
  const error = useRouteError();
  if (!isRouteErrorResponse(error)) return <Unforeseen />;
  const body = bodyOf(error.data);
  switch (error.status) {
    case 401:
      return <SignedOut data={error.data} />;
    case 403:
      if (asksStepUp(error.data)) return <StepUpPage data={error.data} />;
      return body.kind === 'deactivated' ? <Deactivated body={body} /> : <Forbidden body={body} />;
    case 404:
      return (
        <Panel status={404} title="There is nothing here" actions={<Start />}>
          {body.message ?? 'It does not exist, or it is not among what your roles let you see.'}
        </Panel>
      );
    case 405:
      return (
        <Panel status={405} title="That cannot be done here" actions={<Start />}>
          This page takes no such request. Nothing was changed.
        </Panel>
      );
    case 429:
      return (
        <Panel status={429} title="A little too often" actions={<Again data={error.data} />}>
          {body.message ?? 'This was asked for too often. Try again shortly.'}
        </Panel>
      );
    case 503:
      return (
        <Panel
          status={503}
          title="Out of reach at the moment"
          actions={<Again data={error.data} />}
        >
          {body.message ?? 'A part that BQS needs does not answer. Try again shortly.'}
        </Panel>
      );
    default:
      if (error.status >= 500) return <Unforeseen />;
      return (
        <Panel
          status={error.status}
          title={titles[error.status] ?? 'That did not work'}
          actions={<Start />}
        >
          {body.message ?? 'BQS could not act on this request.'}
        </Panel>
      );
  }
}

function asksStepUp(data: unknown): data is object {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'step-up';
}

const titles: Record<number, string> = {
  400: 'This request does not make sense',
  409: 'Something changed in between',
  413: 'That is too large',
};

interface Body {
  kind: string | null;
  message: string | null;
  roles: string[];
  managers: string[];
}

/** Error bodies are text, or JSON with a message and, for a 403, who could help. */
function bodyOf(data: unknown): Body {
  // What the router itself says of an unknown address is for developers.
  if (typeof data === 'string') {
    const message = data.startsWith('Error: ') ? null : data || null;
    return { kind: null, message, roles: [], managers: [] };
  }
  const fields: Record<string, unknown> = data && typeof data === 'object' ? { ...data } : {};
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
  return {
    kind: typeof fields.kind === 'string' ? fields.kind : null,
    message: typeof fields.message === 'string' ? fields.message : null,
    roles: texts(fields.roles),
    managers: texts(fields.managers),
  };
}

function Forbidden({ body }: { body: Body }) {
  const roles = body.roles.map(sentenceCase);
  return (
    <Panel status={403} title="Your roles do not reach this" actions={<Start />}>
      {roles.length === 0 ? (
        <p>{body.message ?? 'This is not open to you.'}</p>
      ) : (
        <>
          <p>
            It needs the role <strong>{listWords(roles, 'or')}</strong>.
          </p>
          <p>
            {body.managers.length > 0
              ? `${listWords(body.managers, 'or')} can grant it.`
              : 'A manager can grant it.'}
          </p>
        </>
      )}
    </Panel>
  );
}

function Deactivated({ body }: { body: Body }) {
  const signOut = (
    <form action="/logout" method="post">
      <Button>Sign out</Button>
    </form>
  );
  return (
    <Panel status={403} title="Your account was deactivated" actions={signOut}>
      <p>BQS is closed to you. What you did in it stays, under your name.</p>
      <p>
        If that is a mistake, ask {listWords(body.managers, 'or') || 'a manager'}: a manager can
        reactivate you.
      </p>
    </Panel>
  );
}

function SignedOut({ data }: { data: unknown }) {
  const { pathname, search } = useLocation();
  if (hasForm(data)) return <SessionEnded data={data} />;
  const login = `/login?${new URLSearchParams({ return_to: pathname + search })}`;
  return (
    <Panel
      status={401}
      title="You are signed out"
      actions={
        <a href={login} className={buttonLook({ variant: 'primary' })}>
          Sign in
        </a>
      }
    >
      Sign in and you come back to this page.
    </Panel>
  );
}

/** Whether an error carries the form that met it. */
function hasForm(data: unknown): data is object {
  return typeof data === 'object' && data !== null && 'fields' in data;
}

function Unforeseen() {
  const requestId = useRequestId();
  return (
    <Panel status={500} title="Something broke on our side" actions={<Retry />}>
      <p>
        What you did may not have been saved. Try again; if it happens again, tell whoever runs BQS.
      </p>
      {requestId ? (
        <p>
          Request <code className="font-mono select-all">{requestId}</code>
        </p>
      ) : null}
    </Panel>
  );
}

function Panel(props: { status: number; title: string; actions: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-xl gap-3 py-16">
      <p className="font-mono text-xs font-semibold text-accent">{props.status}</p>
      <h1 className="text-2xl font-semibold tracking-tight text-balance">{props.title}</h1>
      <div className="grid gap-2 text-muted">{props.children}</div>
      <div className="mt-2 flex gap-2">{props.actions}</div>
    </div>
  );
}

function Start() {
  return (
    <a href="/" className={buttonLook({})}>
      Go to the start
    </a>
  );
}

function listWords(words: readonly string[], last: string): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
