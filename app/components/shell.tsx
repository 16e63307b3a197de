import { NavLink, Link, useLocation } from '@remix-run/react';
import { clsx } from 'clsx';
import {
  CalendarDays,
  ChevronDown,
  Gavel,
  History,
  ListTodo,
  RefreshCw,
  Scale,
  Settings2,
  Target,
  ThumbsUp,
  Users,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { holds, type Permission } from '#app/domain/permissions.ts';
import { AccountMenu } from './account-menu.tsx';
import { Bell } from './bell.tsx';
import { FreshnessBanner } from './freshness-banner.tsx';
import { LiveSyncProvider } from './live-sync.tsx';
import { PendingBar } from './pending-bar.tsx';
import type { RootData } from './root-data.ts';
import { ToastRegion } from './toast-region.tsx';
import { useOneSubmit } from './use-one-submit.ts';
import { usePopover } from './use-popover.ts';
import { Wordmark } from './wordmark.tsx';

interface Place {
  to: string;
  name: string;
  needs: Permission;
  icon: typeof Target;
}

const places: Place[] = [
  { to: '/', name: 'Worklist', needs: 'read:opportunity', icon: ListTodo },
  { to: '/opportunities', name: 'Opportunities', needs: 'read:opportunity', icon: Target },
  { to: '/reviews', name: 'Reviews', needs: 'recommend:opportunity', icon: ThumbsUp },
  { to: '/decisions', name: 'Decisions', needs: 'decide:opportunity', icon: Gavel },
  { to: '/sync', name: 'Sync', needs: 'read:sync', icon: RefreshCw },
];

/** What a manager looks after, apart from the work itself. */
const adminPlaces: Place[] = [
  { to: '/admin/scorecards', name: 'Scorecards', needs: 'manage:scorecards', icon: Scale },
  { to: '/people', name: 'People', needs: 'manage:roles', icon: Users },
  { to: '/admin/calendar', name: 'Calendar', needs: 'manage:calendar', icon: CalendarDays },
  { to: '/audit', name: 'Audit', needs: 'read:audit', icon: History },
];

/** The frame of every page: the bar with what the viewer may go to, freshness, toasts, the page itself. */
export function Shell({ root, children }: { root: RootData | undefined; children: ReactNode }) {
  const viewer = root?.viewer ?? null;
  useOneSubmit();
  return (
    <LiveSyncProvider freshness={root?.freshness ?? null}>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <PendingBar />
      <header className="on-bar no-print bg-bar text-bar-ink">
        <div className="flex min-h-13 flex-wrap items-center gap-x-6 px-4 md:px-6">
          <Link to="/" className="py-3.5">
            <Wordmark className="h-5" />
          </Link>
          {viewer ? <Places viewer={viewer} /> : null}
          <div className="ml-auto flex items-center gap-1 py-1.5">
            {viewer && viewer.roles.length > 0 ? <Bell unread={root?.unread ?? 0} /> : null}
            {root?.signedIn ? <AccountMenu viewer={viewer} theme={root.theme} /> : null}
          </div>
        </div>
      </header>
      {root?.freshness && viewer ? (
        <FreshnessBanner freshness={root.freshness} linked={holds(viewer, 'read:sync')} />
      ) : null}
      <ToastRegion toast={root?.toast ?? null} />
      <main id="main" tabIndex={-1} className="px-4 py-5 outline-none md:px-6">
        {children}
      </main>
    </LiveSyncProvider>
  );
}

function Places({ viewer }: { viewer: NonNullable<RootData['viewer']> }) {
  const open = places.filter((place) => holds(viewer, place.needs));
  if (open.length === 0) return null;
  return (
    <nav
      aria-label="Main"
      className="flex gap-1 max-md:order-last max-md:-mx-4 max-md:w-screen max-md:justify-between max-md:border-t max-md:border-bar-hover max-md:px-1"
    >
      <ul className="flex max-md:min-w-0 max-md:overflow-x-auto md:gap-1">
        {open.map(({ to, name, icon: Icon }) => (
          <li key={to}>
            <NavLink
              to={to}
              end={to === '/'}
              prefetch="intent"
              className={({ isActive }) => placeLook(isActive)}
            >
              <Icon aria-hidden className="size-4 max-md:hidden" />
              {name}
            </NavLink>
          </li>
        ))}
      </ul>
      <AdminMenu viewer={viewer} />
    </nav>
  );
}

function placeLook(isActive: boolean): string {
  return clsx(
    'flex items-center gap-1.5 border-b-2 px-3 pt-3 pb-2.5 font-medium whitespace-nowrap max-md:px-2 max-sm:px-1.5 md:pt-4 md:pb-3.5 md:max-xl:px-2',
    isActive ? 'border-tick text-bar-ink' : 'border-transparent text-bar-muted hover:text-bar-ink',
  );
}

/** What is looked after by few, behind one word that stays in sight where the places beside it scroll. */
function AdminMenu({ viewer }: { viewer: NonNullable<RootData['viewer']> }) {
  const popover = usePopover();
  const { pathname } = useLocation();
  const open = adminPlaces.filter((place) => holds(viewer, place.needs));
  if (open.length === 0) return null;
  const here = open.some(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return (
    <details ref={popover} key={pathname} className="relative">
      <summary className={placeLook(here)}>
        <Settings2 aria-hidden className="size-4 max-md:hidden" />
        Admin
        <ChevronDown aria-hidden className="size-4" />
      </summary>
      <ul className="absolute z-40 mt-1 grid w-52 gap-0.5 rounded-lg border bg-raised p-1.5 text-ink shadow-pop max-md:right-1 md:left-0">
        {open.map(({ to, name, icon: Icon }) => (
          <li key={to}>
            <NavLink
              to={to}
              prefetch="intent"
              className="flex items-center gap-2 rounded-md px-2.5 py-2 hover:bg-sunken aria-[current=page]:font-semibold"
            >
              <Icon aria-hidden className="size-4 text-muted" />
              {name}
            </NavLink>
          </li>
        ))}
      </ul>
    </details>
  );
}
