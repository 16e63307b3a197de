import { Form, Link } from '@remix-run/react';
import { Moment } from '#app/components/time.tsx';
import { Badge, type Tone } from '#app/components/ui/badge.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import { formatCount } from '#app/lib/format.ts';
import type { ListedScorecard, ScorecardStatus } from '#app/models/scorecard-list.server.ts';

const states: Record<ScorecardStatus, { name: string; tone: Tone }> = {
  PUBLISHED: { name: 'In force', tone: 'good' },
  DRAFT: { name: 'Draft', tone: 'info' },
  RETIRED: { name: 'Retired', tone: 'neutral' },
};

/** Whether a scorecard is a draft, in force or retired. */
export function ScorecardBadge({ status }: { status: ScorecardStatus }) {
  return <Badge tone={states[status].tone}>{states[status].name}</Badge>;
}

/** Every scorecard with who uses it. */
export function ScorecardTable({ scorecards }: { scorecards: ListedScorecard[] }) {
  return (
    <Table caption="Scorecards: the one in force, drafts, retired ones">
      <thead>
        <tr>
          <Th>Scorecard</Th>
          <Th>State</Th>
          <Th align="right">Criteria</Th>
          <Th align="right">Submitted</Th>
          <Th align="right">Open</Th>
          <Th>Drafted</Th>
          <Th>In force from</Th>
          <Th>
            <span className="sr-only">What can be done</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {scorecards.map((card) => (
          <ScorecardRow key={card.id} card={card} />
        ))}
      </tbody>
    </Table>
  );
}

function ScorecardRow({ card }: { card: ListedScorecard }) {
  return (
    <Tr>
      <Td label="Scorecard" className="wrap-anywhere">
        <Link
          to={`/admin/scorecards/${card.id}`}
          className="font-semibold underline-offset-2 hover:text-accent hover:underline"
        >
          {card.name}
        </Link>
      </Td>
      <Td label="State">
        <ScorecardBadge status={card.status} />
      </Td>
      <Td label="Criteria" align="right">
        {card.criteria}
      </Td>
      <Td label="Submitted" align="right">
        {card.status === 'DRAFT' ? <None /> : formatCount(card.submitted)}
      </Td>
      <Td label="Open" align="right">
        {card.status === 'DRAFT' ? <None /> : formatCount(card.open)}
      </Td>
      <Td label="Drafted" className="text-muted">
        <span>
          <Moment at={card.createdAt} show="day" /> by {card.createdBy}
        </span>
      </Td>
      <Td label="In force from" className="text-muted">
        {card.publishedAt ? <Moment at={card.publishedAt} show="day" /> : <None />}
      </Td>
      <Td>
        <div className="flex items-center gap-3 md:justify-end">
          <Link
            to={`/admin/scorecards/${card.id}/simulate`}
            aria-label={`Simulate ${card.name}`}
            className="link"
          >
            Simulate
          </Link>
          <Form method="post">
            <input type="hidden" name="intent" value="draft" />
            <input type="hidden" name="from" value={card.id} />
            <Button size="small" aria-label={`New draft from ${card.name}`}>
              New draft
            </Button>
          </Form>
        </div>
      </Td>
    </Tr>
  );
}

function None() {
  return <span className="text-muted">–</span>;
}
