import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable } from '@remix-run/node';
import type {
  ActionFunctionArgs,
  AppLoadContext,
  EntryContext,
  LoaderFunctionArgs,
} from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { renderToPipeableStream } from 'react-dom/server';
import { DocumentFacts } from './components/document-facts.tsx';
import { limitQueries } from './lib/db.server.ts';
import { env } from './lib/env.server.ts';
import { faultLevel } from './lib/fault-level.ts';
import { faultLine } from './lib/fault-line.ts';
import { log } from './lib/log.server.ts';

// Somebody waits for every answer of this process; the worker and the commands may take their time.
limitQueries();

const renderSeconds = 5;

/** Renders a page. Scripts carry a nonce, and the policy sent with the page runs no others. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  headers.set('Content-Type', 'text/html; charset=utf-8');
  headers.set('Content-Security-Policy', policy(nonce));
  return new Promise((resolve, reject) => {
    const facts = { nonce, requestId: requestIdOf(loadContext) };
    const { pipe, abort } = renderToPipeableStream(
      <DocumentFacts.Provider value={facts}>
        <RemixServer
          context={remixContext}
          url={request.url}
          nonce={nonce}
          abortDelay={renderSeconds * 1000}
        />
      </DocumentFacts.Provider>,
      {
        nonce,
        onShellReady() {
          const body = new PassThrough();
          resolve(new Response(createReadableStreamFromReadable(body), { status, headers }));
          pipe(body);
        },
        onShellError: reject,
        onError(error) {
          log.error({ requestId: facts.requestId, err: error }, 'render failed');
        },
      },
    );
    setTimeout(abort, (renderSeconds + 1) * 1000).unref();
  });
}

/** Tells the log of what no page foresaw. A visitor who left is no error; one who errs is no fault. */
export function handleError(
  error: unknown,
  { request, context }: LoaderFunctionArgs | ActionFunctionArgs,
): void {
  if (request.signal.aborted) return;
  const level = faultLevel(error);
  const requestId = requestIdOf(context);
  if (level === 'warn') log.warn({ requestId, error: faultLine(error) }, 'database out of reach');
  else
    log[level]({ requestId, err: error }, level === 'info' ? 'request refused' : 'request failed');
}

function requestIdOf(context: AppLoadContext): string | null {
  return typeof context.requestId === 'string' ? context.requestId : null;
}

/** Nothing but what comes from here, and no script or style written into the page. */
function policy(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self'`,
    `font-src 'self'`,
    // An authenticator app's picture comes within the page.
    `img-src 'self' data:`,
    `connect-src 'self'`,
    `manifest-src 'self'`,
    // Signing in under another name of this machine ends at the one BQS goes by.
    `form-action 'self' ${new URL(env.APP_URL).origin}`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}
