import { Form } from '@remix-run/react';
import { Eye, Play, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { useBusy } from './use-busy.ts';

/** The runs that can be ordered at once, each with what it does. */
export function OrderCard({ running }: { running: boolean }) {
  const off = useBusy() || running;
  return (
    <Card title="Run now" flush>
      <div className="grid divide-y md:grid-cols-3 md:divide-x md:divide-y-0">
        <Order
          title="What changed"
          words="Reads what changed since the watermark, with the overlap, and moves the watermark on."
        >
          <Button name="intent" value="delta" variant="primary" disabled={off}>
            <Play aria-hidden />
            Sync what changed
          </Button>
        </Order>
        <Order
          title="Everything"
          words="Reads everything (a sweep). Only this notices what the CRM has no more, and marks it gone."
        >
          <Button name="intent" value="sweep" disabled={off}>
            <RefreshCw aria-hidden />
            Sync everything
          </Button>
        </Order>
        <Order
          title="Try it out (dry run)"
          words="Reads and compares as a sync would, writes no opportunity, and lists what would change."
        >
          <input type="hidden" name="intent" value="dry-run" />
          <Button name="mode" value="INCREMENTAL" disabled={off}>
            <Eye aria-hidden />
            Try what changed
          </Button>
          <Button name="mode" value="FULL" disabled={off}>
            <Eye aria-hidden />
            Try everything
          </Button>
        </Order>
      </div>
    </Card>
  );
}

function Order({ title, words, children }: { title: string; words: string; children: ReactNode }) {
  return (
    <Form method="post" className="grid content-between gap-3 p-4">
      <div className="grid gap-0.5">
        <h3 className="font-medium">{title}</h3>
        <p className="text-muted">{words}</p>
      </div>
      <div className="flex flex-wrap gap-2">{children}</div>
    </Form>
  );
}
