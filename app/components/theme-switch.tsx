import { Form, useLocation } from '@remix-run/react';
import { Monitor, Moon, Sun } from 'lucide-react';
import { clsx } from 'clsx';
import type { Theme } from '#app/lib/theme.ts';

const choices: { theme: Theme; name: string; icon: typeof Sun }[] = [
  { theme: 'system', name: 'As the device', icon: Monitor },
  { theme: 'light', name: 'Light', icon: Sun },
  { theme: 'dark', name: 'Dark', icon: Moon },
];

/** Three buttons of one form, so that it works before and without scripts. */
export function ThemeSwitch({ theme }: { theme: Theme }) {
  const { pathname, search } = useLocation();
  return (
    <Form method="post" action="/theme" className="flex gap-1" preventScrollReset>
      <input type="hidden" name="return_to" value={pathname + search} />
      {choices.map(({ theme: value, name, icon: Icon }) => (
        <button
          key={value}
          name="theme"
          value={value}
          aria-pressed={theme === value}
          className={clsx(
            'flex grow flex-col items-center gap-1 rounded-md border px-2 py-1.5 text-xs',
            theme === value
              ? 'border-accent bg-accent-soft font-medium text-accent'
              : 'text-muted hover:bg-sunken',
          )}
        >
          <Icon aria-hidden className="size-4" />
          {name}
        </button>
      ))}
    </Form>
  );
}
