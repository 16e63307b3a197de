import { useLocation } from '@remix-run/react';
import { Tabs } from '#app/components/ui/tabs.tsx';

const parts = [
  { to: '/sync', name: 'Runs' },
  { to: '/sync/quarantine', name: 'Quarantine' },
  { to: '/sync/watermark', name: 'Watermark' },
  { to: '/sync/reconcile', name: 'Reconcile' },
  { to: '/sync/fields', name: 'Fields' },
];

/** The pages of the sync. */
export function SyncTabs() {
  const { pathname } = useLocation();
  const here = pathname.startsWith('/sync/runs/') ? '/sync' : pathname;
  const isHere = (to: string) => here === to || (to !== '/sync' && here.startsWith(`${to}/`));
  const tabs = parts.map((part) => ({ ...part, current: isHere(part.to) }));
  return <Tabs label="Pages of the sync" tabs={tabs} />;
}
