import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Card } from '#app/components/ui/card.tsx';
import type { TimelinePart } from '#app/domain/timeline.ts';
import type { TimelineEntry } from '#app/models/timeline.server.ts';
import { Timeline, TimelineFilter } from './timeline.tsx';

const empty: Record<TimelinePart, string> = {
  all: 'Nothing has happened since BQS first read it.',
  crm: 'Nothing has changed in the CRM since BQS first read it.',
  qualification: 'Nothing has been done in its qualification yet.',
  comments: 'Nobody has written about it yet.',
};

/** The timeline with what narrows it, the way to older entries, and above it `children`: where one writes. */
export function TimelineCard({
  timeline: { part, entries, older, paged },
  linked,
  auditPath,
  children,
}: {
  timeline: { part: TimelinePart; entries: TimelineEntry[]; older: string | null; paged: boolean };
  linked: boolean;
  /** The opportunity's slice of the audit, for those who may read it. */
  auditPath: string | null;
  children: ReactNode;
}) {
  const address = (before: string | null) =>
    `?${new URLSearchParams({
      ...(part !== 'all' && { part }),
      ...(before && { before }),
    })}#timeline`;
  return (
    <Card title="Timeline" actions={<TimelineFilter part={part} />}>
      <div id="timeline" className="grid scroll-mt-4 gap-6">
        {children}
        {entries.length === 0 ? (
          <p className="text-muted">{empty[part]}</p>
        ) : (
          <Timeline entries={entries} linked={linked} />
        )}
        <div className="flex flex-wrap gap-x-4 gap-y-1">
          {paged ? (
            <Link to={address(null)} className="link">
              Newest
            </Link>
          ) : null}
          {older ? (
            <Link to={address(older)} className="link">
              Older
            </Link>
          ) : null}
          {auditPath ? (
            <Link to={auditPath} className="link">
              Everything in the audit
            </Link>
          ) : null}
        </div>
      </div>
    </Card>
  );
}
