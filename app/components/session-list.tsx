import { Form } from '@remix-run/react';
import { Laptop, Smartphone, SquareTerminal } from 'lucide-react';
import type { ReactNode } from 'react';
import { deviceWords } from '#app/domain/device-words.ts';
import { methodWords, type SessionFacts } from '#app/domain/session-facts.ts';
import { Moment, Span } from './time.tsx';
import { Badge } from './ui/badge.tsx';
import { Button } from './ui/button.tsx';

/** The session in use, which ends by signing out. */
export function SessionHere({ session }: { session: SessionFacts }) {
  return (
    <SessionItem session={session}>
      <Badge tone="good">This device</Badge>
    </SessionItem>
  );
}

/** Every session elsewhere, each with the button that ends it. */
export function OtherSessions({ sessions }: { sessions: (SessionFacts & { id: string })[] }) {
  return (
    <ul className="divide-y">
      {sessions.map((session) => (
        <li key={session.id}>
          <SessionItem session={session}>
            <Form method="post">
              <input type="hidden" name="intent" value="end-one" />
              <input type="hidden" name="id" value={session.id} />
              <Button
                size="small"
                variant="danger"
                aria-label={`Sign out ${deviceWords(session.userAgent)}, ${session.address ?? 'from an unknown address'}`}
              >
                Sign out
              </Button>
            </Form>
          </SessionItem>
        </li>
      ))}
    </ul>
  );
}

function SessionItem({ session, children }: { session: SessionFacts; children: ReactNode }) {
  const { userAgent, address, signedInAt, authenticatedAt, methods, level } = session;
  const Icon = iconOf(userAgent);
  const again = signedInAt && authenticatedAt && authenticatedAt > signedInAt;
  return (
    <div className="flex items-start gap-3 px-4 py-3">
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
      <div className="grid min-w-0 grow gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium wrap-anywhere">
          {deviceWords(userAgent)}
          {level === 'aal2' ? <Badge tone="info">Second factor</Badge> : null}
        </p>
        <p className="text-xs text-muted">
          From {address ? <span className="font-mono">{address}</span> : 'an unknown address'}
          {methods.length > 0 ? `, by ${methodWords(methods)}` : null}
        </p>
        <p className="text-xs text-muted">
          {signedInAt ? (
            <>
              Signed in <Moment at={signedInAt} />{' '}
              <span className="whitespace-nowrap">
                (<Span from={signedInAt} /> ago)
              </span>
            </>
          ) : (
            'Nobody knows since when'
          )}
          {again ? (
            <>
              , confirmed again <Moment at={authenticatedAt} />
            </>
          ) : null}
        </p>
      </div>
      <div className="shrink-0">{children}</div>
    </div>
  );
}

function iconOf(userAgent: string | null) {
  if (/iPhone|iPad|Android|Mobile/.test(userAgent ?? '')) return Smartphone;
  return /^Mozilla\//.test(userAgent ?? '') ? Laptop : SquareTerminal;
}
