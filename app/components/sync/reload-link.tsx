import { RotateCw } from 'lucide-react';

/** Asks for the page again, where no script keeps it up to date. */
export function ReloadLink({ to }: { to: string }) {
  return (
    <noscript>
      <a href={to} className="inline-flex items-center gap-1.5 link">
        <RotateCw aria-hidden className="size-4" />
        Reload
      </a>
    </noscript>
  );
}
