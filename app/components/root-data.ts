import { useRouteLoaderData } from '@remix-run/react';
import type { Freshness } from '#app/domain/freshness.ts';
import type { StandInRole } from '#app/domain/mandate.ts';
import type { Role } from '#app/domain/roles.ts';
import type { Theme } from '#app/lib/theme.ts';
import type { Toast } from '#app/lib/toast.server.ts';

/** What every page knows: who looks, how fresh the CRM data is, what to say about the last action. */
export interface RootData {
  theme: Theme;
  zone: string;
  zoneKnown: boolean;
  now: Date;
  signedIn: boolean;
  viewer: {
    name: string;
    email: string | null;
    roles: readonly Role[];
    /** Whom the viewer stands in for, which opens pages too. */
    standsInFor: readonly { role: StandInRole; name: string; until: string }[];
    roleNames: string[];
  } | null;
  freshness: Freshness | null;
  /** Unread notices, counted up to a hundred. */
  unread: number;
  toast: Toast | null;
}

/** The root's data; undefined where the root itself failed. */
export function useRootData(): RootData | undefined {
  return useRouteLoaderData<RootData>('root') as RootData | undefined;
}

/** The viewer's time zone and the time at which the server answered. */
export function useClock(): Pick<RootData, 'zone' | 'zoneKnown' | 'now'> {
  const root = useRootData();
  return root ?? { zone: 'UTC', zoneKnown: false, now: new Date() };
}
