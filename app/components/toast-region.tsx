import { Link, useLocation } from '@remix-run/react';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { Toast } from '#app/lib/toast.server.ts';
import { Button } from './ui/button.tsx';
import { Notice } from './ui/notice.tsx';

const seen = new WeakMap<Toast, string>();

/**
 * Where a toast was shown first. A page that fails begins this region anew with what the page before was
 * told, which is no news there.
 */
function firstSeen(toast: Toast | null, key: string): string {
  if (!toast) return key;
  const first = seen.get(toast) ?? key;
  seen.set(toast, first);
  return first;
}

/**
 * Says what came of the last action. It stays until the person closes it or goes on to another page, also
 * when the page refreshes itself in between; no clock takes it away. It keeps in view wherever the page stands.
 */
export function ToastRegion({ toast }: { toast: Toast | null }) {
  const { key } = useLocation();
  const [kept, setKept] = useState(() => ({ toast, key: firstSeen(toast, key) }));
  if (toast && kept.toast !== toast) setKept({ toast, key: firstSeen(toast, key) });
  const shown = kept.key === key ? kept.toast : null;
  return (
    <div role="status" className="no-print sticky top-2 z-20 px-4 md:px-6">
      {shown ? (
        <Notice tone={shown.tone} className="mt-4 shadow-pop">
          <div className="flex items-start justify-between gap-4">
            <div>
              <p className="font-semibold wrap-anywhere">{shown.title}</p>
              {shown.description}{' '}
              {shown.link ? (
                <Link to={shown.link.to} className="whitespace-nowrap link">
                  {shown.link.name}
                </Link>
              ) : null}
            </div>
            <Button
              type="button"
              variant="quiet"
              size="small"
              className="-my-1"
              onClick={() => setKept({ toast: null, key })}
            >
              <X aria-hidden />
              <span className="sr-only">Close this message</span>
            </Button>
          </div>
        </Notice>
      ) : null}
    </div>
  );
}
