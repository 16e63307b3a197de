import { useEffect, useState } from 'react';
import type { FlowField } from '#app/domain/sign-in-flow.ts';
import type { FlowScript } from '#app/domain/sign-in-node.ts';
import { useNonce } from './document-facts.tsx';
import { Button } from './ui/button.tsx';

declare global {
  interface Window {
    [name: `ory${string}`]: unknown;
  }
}

/** What the script says once its functions are there. */
const ready = 'oryWebAuthnInitialized';

const isOurs = (name: string | undefined): name is `ory${string}` =>
  /^ory[A-Za-z]+$/.test(name ?? '');

function call(name: string | undefined): void {
  const named = isOurs(name) ? window[name] : null;
  if (typeof named === 'function') named();
}

/**
 * The identity server's script for passkeys, from this very origin. It puts functions on the window; those
 * of hidden fields are called as soon as they are there.
 */
export function FlowScriptTag({
  script,
  fields,
}: {
  script: FlowScript | null;
  fields: FlowField[];
}) {
  const nonce = useNonce();
  const atOnce = fields.find(({ kind, calls }) => kind === 'hidden' && calls)?.calls;
  const src = script?.src;
  useEffect(() => {
    if (!src || !atOnce) return;
    const start = () => call(atOnce);
    start();
    window.addEventListener(ready, start);
    return () => window.removeEventListener(ready, start);
  }, [src, atOnce]);
  if (!script) return null;
  return (
    <script
      src={script.src}
      integrity={script.integrity}
      crossOrigin="anonymous"
      nonce={nonce}
      async
      suppressHydrationWarning
    />
  );
}

/** A button that the script answers. Until it can, and without scripts for ever, it is not there. */
export function TriggerButton({ field }: { field: FlowField }) {
  const [able, setAble] = useState(false);
  useEffect(() => {
    const check = () => setAble(isOurs(field.calls) && typeof window[field.calls] === 'function');
    check();
    window.addEventListener(ready, check);
    return () => window.removeEventListener(ready, check);
  }, [field.calls]);
  if (!able) return null;
  return (
    <Button type="button" disabled={field.disabled} onClick={() => call(field.calls)}>
      {field.label}
    </Button>
  );
}
