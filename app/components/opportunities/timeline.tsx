import { SignedName } from '#app/components/signed-name.tsx';
import { Link } from '@remix-run/react';
import { clsx } from 'clsx';
import { Fragment, type ReactNode } from 'react';
import { ChangeList } from '#app/components/change-list.tsx';
import { Moment } from '#app/components/time.tsx';
import { timelinePartNames, timelineParts, type TimelinePart } from '#app/domain/timeline.ts';
import { workflowStatusNames } from '#app/domain/workflow-names.ts';
import type { TimelineEntry } from '#app/models/timeline.server.ts';
import { WorkflowBadge } from './workflow-badge.tsx';

/** What a timeline is narrowed to, as links. */
export function TimelineFilter({ part }: { part: TimelinePart }) {
  return (
    <nav aria-label="Timeline" className="flex flex-wrap gap-1 text-xs">
      {timelineParts.map((each) => (
        <Link
          key={each}
          to={each === 'all' ? '?' : `?part=${each}`}
          preventScrollReset
          aria-current={each === part ? 'true' : undefined}
          className={clsx(
            'rounded-full px-2.5 py-1 font-medium',
            each === part ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-sunken',
          )}
        >
          {timelinePartNames[each]}
        </Link>
      ))}
    </nav>
  );
}

/** What happened to an opportunity, the newest first. `linked`: whether the viewer may open a sync run. */
export function Timeline({ entries, linked }: { entries: TimelineEntry[]; linked: boolean }) {
  return (
    <ol className="grid gap-5">
      {entries.map((entry) => (
        <li
          key={entry.key}
          id={entry.key}
          className={clsx(
            'grid min-w-0 scroll-mt-4 gap-1.5 border-l-2 pl-4 target:border-accent',
            entry.source === 'comment' && 'border-accent/60',
            entry.source === 'event' && entry.refusal && 'border-bad/60',
          )}
        >
          <Entry entry={entry} linked={linked} />
        </li>
      ))}
    </ol>
  );
}

function Entry({ entry, linked }: { entry: TimelineEntry; linked: boolean }) {
  switch (entry.source) {
    case 'event':
      return (
        <>
          <Head at={entry.at}>
            <Name name={entry.actor} /> {entry.text}{' '}
            {entry.moved ? (
              <WorkflowBadge status={entry.moved} name={workflowStatusNames[entry.moved]} />
            ) : null}
          </Head>
          {entry.quote ? <Said className="text-muted">{entry.quote}</Said> : null}
        </>
      );
    case 'comment':
      return (
        <>
          <Head at={entry.at}>
            <Name name={entry.author} /> wrote
            {entry.told.length > 0 ? <Told names={entry.told} /> : null}
          </Head>
          <Said className="rounded-md bg-sunken px-3 py-2">{entry.body}</Said>
        </>
      );
    case 'change':
      return (
        <>
          <Head at={entry.at}>
            <Name name="CRM" /> changed
            {linked ? (
              <>
                {' in '}
                <Link to={`/sync/runs/${entry.change.runId}`} className="link">
                  run {entry.change.runId}
                </Link>
              </>
            ) : null}
          </Head>
          <ChangeList change={entry.change} />
        </>
      );
  }
}

function Head({ at, children }: { at: Date; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <p className="min-w-0 wrap-anywhere">{children}</p>
      <Moment at={at} className="text-xs text-muted" />
    </div>
  );
}

function Told({ names }: { names: string[] }) {
  return names.map((name, index) => (
    <Fragment key={index}>
      {index === 0 ? ' to ' : ', '}
      <bdi>{name}</bdi>
    </Fragment>
  ));
}

function Name({ name }: { name: string }) {
  return (
    <strong className="font-semibold">
      <SignedName name={name} />
    </strong>
  );
}

/** Somebody's words as they wrote them: text, with their line breaks, and nothing in them is run. */
function Said({ className, children }: { className: string; children: string }) {
  return (
    <p dir="auto" className={clsx('min-w-0 wrap-anywhere whitespace-pre-wrap', className)}>
      {children}
    </p>
  );
}
