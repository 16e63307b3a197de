// Stands first: see there.
import './lib/schema-settings.ts';
import {
  data,
  type HeadersFunction,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Links, Meta, Outlet, Scripts, ScrollRestoration } from '@remix-run/react';
import { useEffect, type ReactNode } from 'react';
import { optionalViewer } from '#app/auth/guard.server.ts';
import { requestIdMeta, useNonce, useRequestId } from '#app/components/document-facts.tsx';
import { GeneralErrorBoundary } from '#app/components/error-panel.tsx';
import { useRootData, type RootData } from '#app/components/root-data.ts';
import { Shell } from '#app/components/shell.tsx';
import { useRevalidatePage } from '#app/components/use-revalidate-page.ts';
import type { Freshness } from '#app/domain/freshness.ts';
import { holds } from '#app/domain/permissions.ts';
import { roleNames, type Viewer } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { readPreferences, zoneCookie } from '#app/lib/theme.ts';
import { takeToast } from '#app/lib/toast.server.ts';
import { countUnread } from '#app/models/inbox.server.ts';
import { getFreshness } from '#app/models/sync-log.server.ts';
import './app.css';

export const links: LinksFunction = () => [
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
];

export const meta: MetaFunction = () => [{ title: 'BQS' }];

/** An outage says when to come back, to programs as to people. */
export const headers: HeadersFunction = ({ errorHeaders }) => {
  const passedOn = new Headers();
  const retryAfter = errorHeaders?.get('Retry-After');
  if (retryAfter) passedOn.set('Retry-After', retryAfter);
  return passedOn;
};

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, signedIn } = await optionalViewer(args);
  const { toast, headers } = await takeToast(args.request);
  const [freshness, unread] = await Promise.all([
    viewer && holds(viewer, 'read:freshness') ? freshnessFor(viewer) : null,
    viewer && viewer.roles.length > 0 ? countUnread(db, viewer.id) : 0,
  ]);
  const root: RootData = {
    ...readPreferences(args.request.headers.get('Cookie')),
    now: new Date(),
    signedIn,
    viewer: viewer && shown(viewer),
    freshness,
    unread,
    toast,
  };
  return data(root, { headers });
}

/** What went wrong in a sync speaks of how it is set up, which is for those who follow runs. */
async function freshnessFor(viewer: Viewer): Promise<Freshness> {
  const freshness = await getFreshness(db);
  if (holds(viewer, 'read:sync')) return freshness;
  return { ...freshness, lastError: null, quarantined: 0, heldRun: null, failedSince: null };
}

function shown({ name, verifiedEmail, roles, standsInFor }: Viewer): RootData['viewer'] {
  return {
    name,
    email: verifiedEmail,
    roles,
    roleNames: roles.map((role) => roleNames[role]),
    standsInFor: standsInFor.map(({ role, absent, until }) => ({ role, name: absent.name, until })),
  };
}

/** The document, around the page and around an error alike. */
export function Layout({ children }: { children: ReactNode }) {
  const theme = useRootData()?.theme ?? 'system';
  const nonce = useNonce();
  const requestId = useRequestId();
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
        {requestId ? <meta name={requestIdMeta} content={requestId} /> : null}
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  );
}

export function ErrorBoundary() {
  return (
    <Frame>
      <GeneralErrorBoundary />
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const root = useRootData();
  useZone(root);
  return <Shell root={root}>{children}</Shell>;
}

/** Tells the server the browser's time zone, so that times are rendered in it from then on. */
function useZone(root: RootData | undefined) {
  const known = root?.zoneKnown ? root.zone : null;
  const revalidatePage = useRevalidatePage();
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || zone === known) return;
    document.cookie = `${zoneCookie}=${encodeURIComponent(zone)}; Path=/; Max-Age=31536000; SameSite=Lax`;
    revalidatePage();
  }, [known, revalidatePage]);
}
