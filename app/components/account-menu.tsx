import { Form } from '@remix-run/react';
import { ChevronDown, LogOut } from 'lucide-react';
import type { Theme } from '#app/lib/theme.ts';
import type { RootData } from './root-data.ts';
import { ThemeSwitch } from './theme-switch.tsx';
import { Button } from './ui/button.tsx';
import { usePopover } from './use-popover.ts';

/** Who is signed in, as what, the theme, and the way out. */
export function AccountMenu({ viewer, theme }: { viewer: RootData['viewer']; theme: Theme }) {
  const popover = usePopover();
  if (!viewer) return <SignOut />;
  const roles = viewer.roleNames.join(', ') || 'No role yet';
  return (
    <details ref={popover} className="relative">
      <summary className="flex items-center gap-2 rounded-md px-2 py-1.5 hover:bg-bar-hover">
        <Initials name={viewer.name} />
        <span className="max-lg:sr-only">
          <span className="block text-xs leading-4 font-medium">{viewer.name}</span>
          <span className="block text-2xs text-bar-muted">{roles}</span>
        </span>
        <ChevronDown aria-hidden className="size-4 text-bar-muted" />
      </summary>
      <div className="absolute right-0 z-40 mt-1.5 grid w-64 gap-3 rounded-lg border bg-raised p-3 text-ink shadow-pop">
        <div>
          <p className="font-semibold">{viewer.name}</p>
          {viewer.email ? <p className="text-xs break-all text-muted">{viewer.email}</p> : null}
          <p className="mt-1 text-xs text-muted">{roles}</p>
        </div>
        {viewer.roles.length > 0 ? (
          <fieldset>
            <legend className="mb-1 text-xs text-muted">Theme</legend>
            <ThemeSwitch theme={theme} />
          </fieldset>
        ) : null}
        <nav aria-label="Account" className="grid gap-1 border-t pt-3">
          <a href="/settings" className="rounded-md px-2 py-1.5 hover:bg-sunken">
            Your account and password
          </a>
          <a href="/settings/sessions" className="rounded-md px-2 py-1.5 hover:bg-sunken">
            Where you are signed in
          </a>
          {viewer.roles.length > 0 ? (
            <a href="/people/stand-ins" className="rounded-md px-2 py-1.5 hover:bg-sunken">
              Stand-ins
            </a>
          ) : null}
          {viewer.roles.length > 0 ? (
            <a href="/docs" className="rounded-md px-2 py-1.5 hover:bg-sunken">
              HTTP API
            </a>
          ) : null}
        </nav>
        <div className="border-t pt-3">
          <SignOut />
        </div>
      </div>
    </details>
  );
}

function SignOut() {
  return (
    <Form method="post" action="/logout" reloadDocument>
      <Button className="w-full">
        <LogOut aria-hidden />
        Sign out
      </Button>
    </Form>
  );
}

function Initials({ name }: { name: string }) {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map(
    (word) => [...(word ?? '')][0],
  );
  return (
    <span
      aria-hidden
      className="grid size-7 place-items-center rounded-full bg-bar-hover text-2xs font-semibold text-bar-ink uppercase"
    >
      {letters.join('')}
    </span>
  );
}
