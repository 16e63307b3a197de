import { Link } from '@remix-run/react';
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Moment } from '#app/components/time.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import type { StoredScorecard } from '#app/models/scorecard-list.server.ts';
import { ScorecardBadge } from './scorecard-table.tsx';

/** The head of every page of one scorecard. Below the first, `title` says which page it is. */
export function ScorecardHeader({ card, title }: { card: StoredScorecard; title?: ReactNode }) {
  const own = `/admin/scorecards/${card.id}`;
  return (
    <>
      <Link
        to={title ? own : '/admin/scorecards'}
        className="inline-flex items-center gap-1 justify-self-start link"
      >
        <ChevronLeft aria-hidden className="size-4" />
        {title ? card.name : 'Scorecards'}
      </Link>
      <PageHeader
        title={title ?? card.name}
        lead={
          <span className="inline-flex flex-wrap items-center gap-x-2">
            <ScorecardBadge status={card.status} />
            <Story card={card} />
          </span>
        }
        actions={
          title || card.status === 'DRAFT' ? null : (
            <LinkButton to={`${own}/simulate`}>Simulate</LinkButton>
          )
        }
      />
    </>
  );
}

function Story({ card }: { card: StoredScorecard }) {
  return (
    <span>
      drafted by {card.createdBy} on <Moment at={card.createdAt} show="day" />
      {card.basedOn ? (
        <>
          {' '}
          from{' '}
          <Link to={`/admin/scorecards/${card.basedOn.id}`} className="link">
            {card.basedOn.name}
          </Link>
        </>
      ) : null}
      {card.publishedAt ? (
        <>
          , published on <Moment at={card.publishedAt} show="day" />
        </>
      ) : null}
    </span>
  );
}
