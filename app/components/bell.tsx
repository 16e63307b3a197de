import { NavLink } from '@remix-run/react';
import { clsx } from 'clsx';
import { Bell as BellIcon } from 'lucide-react';

/** The way to the inbox, with how much is unread there. `unread` of a hundred means as many or more. */
export function Bell({ unread }: { unread: number }) {
  const shown = unread > 99 ? '99+' : String(unread);
  return (
    <NavLink
      to="/notifications"
      aria-label={unread > 0 ? `Notifications, ${shown} unread` : 'Notifications'}
      title={unread > 0 ? `${shown} unread` : 'Notifications'}
      className={({ isActive }) =>
        clsx(
          'relative grid size-9 place-items-center rounded-md hover:bg-bar-hover',
          isActive ? 'bg-bar-hover text-bar-ink' : 'text-bar-muted hover:text-bar-ink',
        )
      }
    >
      <BellIcon aria-hidden className="size-4.5" />
      {unread > 0 ? (
        <span
          aria-hidden
          className="absolute -top-0.5 left-5 min-w-4 rounded-full bg-tick px-1 text-center text-2xs font-semibold text-black"
        >
          {shown}
        </span>
      ) : null}
    </NavLink>
  );
}
