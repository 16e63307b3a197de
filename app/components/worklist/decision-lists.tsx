import { Pager } from '#app/components/ui/pager.tsx';
import { formatCount, plural } from '#app/lib/format.ts';
import type { OpenCondition, PastDecision } from '#app/models/decision-list.server.ts';
import type { Held } from '#app/models/hold-list.server.ts';
import type { Waiting } from '#app/models/worklist-decisions.server.ts';
import type { WorkList } from '#app/models/worklist-row.server.ts';
import { ConditionItem } from './condition-item.tsx';
import { HeldItem } from './held-item.tsx';
import { PastDecisionItem } from './past-decision-item.tsx';
import { WaitingItem } from './waiting-item.tsx';
import { WorkCard } from './work-list.tsx';

/** A page of a list as it is looked at: the ways to other pages, and its own address. */
interface Paged {
  today: string;
  pager: { first: string | null; next: string | null };
}

/** What waits for a decision. `here` is the address of the page, to which a form of a row comes back. */
export function WaitingList({
  list,
  here,
  today,
  pager,
}: Paged & { list: WorkList<Waiting>; here: string }) {
  return (
    <WorkCard
      title="Waiting for a decision, the oldest first"
      total={list.total}
      empty="Nothing waits for a decision."
      foot={<Pager label="Pages of what waits" inCard {...pager} />}
    >
      {list.rows.map((row) => (
        <WaitingItem key={row.id} row={row} today={today} returnTo={here} whole />
      ))}
    </WorkCard>
  );
}

/** What is on hold. `here` is the address of the page, to which resuming comes back. */
export function HeldList({
  list,
  here,
  today,
  pager,
}: Paged & { list: WorkList<Held>; here: string }) {
  return (
    <WorkCard
      title="On hold, the first to end first"
      total={list.total}
      empty="Nothing is on hold."
      foot={<Pager label="Pages of what is on hold" inCard {...pager} />}
    >
      {list.rows.map((row) => (
        <HeldItem key={row.id} row={row} today={today} returnTo={here} />
      ))}
    </WorkCard>
  );
}

/** The conditions to follow up. `refusal` is of the form of one of them. */
export function ConditionList({
  list,
  today,
  pager,
  refusal,
}: Paged & {
  list: WorkList<OpenCondition>;
  refusal: { conditionId: string; note: string; message: string } | null;
}) {
  return (
    <WorkCard
      title="Not met yet, the first to be due first"
      total={list.total}
      empty="Every condition of a Conditional GO is met."
      foot={<Pager label="Pages of conditions" inCard {...pager} />}
    >
      {list.rows.map((row) => {
        const refused = refusal?.conditionId === row.conditionId ? refusal : null;
        return (
          <ConditionItem
            key={row.conditionId}
            row={row}
            today={today}
            typed={refused?.note}
            error={refused?.message}
          />
        );
      })}
    </WorkCard>
  );
}

/** The decisions that were made, those too that were reopened since. */
export function DecidedList({
  list,
  today,
  pager,
}: Paged & { list: WorkList<PastDecision> & { reopened: number } }) {
  const { total, reopened } = list;
  return (
    <WorkCard
      title="Decided, the last one first"
      total={list.total}
      lead={
        reopened > 0
          ? `${plural(total, 'decision')}, ${formatCount(reopened)} of them reopened since: ${formatCount(total - reopened)} standing, which the worklist’s bid rate counts.`
          : null
      }
      empty="Nothing has been decided yet."
      foot={<Pager label="Pages of decisions" of="past" inCard {...pager} />}
    >
      {list.rows.map((row) => (
        <PastDecisionItem key={row.decisionId} row={row} today={today} />
      ))}
    </WorkCard>
  );
}
