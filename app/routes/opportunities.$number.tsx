import { randomUUID } from 'node:crypto';
import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { ChevronLeft } from 'lucide-react';
import { EvidenceCard } from '#app/components/evidence/evidence-card.tsx';
import {
  noSuchOpportunity,
  requireOpportunity,
  requireReadable,
} from '#app/auth/require-opportunity.server.ts';
import { safeReturnTo } from '#app/auth/return-to.ts';
import { requireStepUp, stepUpAhead } from '#app/auth/step-up.server.ts';
import { CommentForm } from '#app/components/opportunities/comment-form.tsx';
import { CrmFacts } from '#app/components/opportunities/crm-facts.tsx';
import type { FormRefusal } from '#app/components/opportunities/form-refusal.ts';
import { useListAddress } from '#app/components/opportunities/list-address.ts';
import { OpportunityHeading } from '#app/components/opportunities/opportunity-heading.tsx';
import { QualificationCard } from '#app/components/opportunities/qualification-card.tsx';
import { TimelineCard } from '#app/components/opportunities/timeline-card.tsx';
import { StepUpNotice } from '#app/components/step-up.tsx';
import { Moment, Span } from '#app/components/time.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { auditAddress } from '#app/domain/audit-address.ts';
import { holds } from '#app/domain/permissions.ts';
import { roleNames } from '#app/domain/roles.ts';
import { decides, decidingOn } from '#app/domain/step-up.ts';
import { parsePart, parsePlace } from '#app/domain/timeline.ts';
import { typedOf } from '#app/domain/typed-form.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf, parseForm } from '#app/lib/form-data.server.ts';
import { indentJson } from '#app/lib/json-text.ts';
import { readEvidenceView } from '#app/models/evidence-view.server.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { listAssessorsFor } from '#app/models/assessor.server.ts';
import { readQualificationView } from '#app/models/qualification-view.server.ts';
import { listReaders } from '#app/models/reader.server.ts';
import { readTimeline } from '#app/models/timeline.server.ts';
import { workingToday } from '#app/models/working-calendar.server.ts';
import { answerForm } from '#app/services/answer-form.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.opportunity.name ?? data.opportunity.remoteNumber} · BQS` : 'BQS' },
];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, opportunity: found } = await requireOpportunity(args);
  const { raw, ...opportunity } = found;
  const { searchParams } = new URL(args.request.url);
  const part = parsePart(searchParams.get('part'));
  const before = parsePlace(searchParams.get('before'));
  const today = workingToday();
  const refusals = viewer.roles.includes('MANAGER');
  const [view, timeline, readers] = await Promise.all([
    readQualificationView(db, viewer, { opportunityId: found.id, today }),
    readTimeline(db, found.id, { part, before, refusals }),
    listReaders(db, found),
  ]);
  if (!view) throw noSuchOpportunity(args);
  return {
    opportunity,
    today,
    stepUp: decides(view.intents) ? await stepUpAhead(args, decidingOn(found)) : null,
    evidence: await readEvidenceView(db, viewer, opportunity),
    path: opportunityPath(found),
    view,
    architects: view.intents.includes('assign') ? await listAssessorsFor(db, found, today) : [],
    timeline: { part, paged: before !== null, ...timeline },
    people: readers
      .filter(({ id }) => id !== viewer.id)
      .map(({ id, name, roles }) => ({
        id,
        name,
        roles: roles.map((role) => roleNames[role]).join(', '),
      })),
    formKey: randomUUID(),
    linked: holds(viewer, 'read:sync'),
    auditPath: holds(viewer, 'read:audit')
      ? auditAddress({ subject: `opportunity:${found.id}` })
      : null,
    raw: refusals ? indentJson(raw) : null,
  };
}

/** An attempt on what the viewer may not read goes on the record, and is answered like one on nothing. */
export async function action(args: ActionFunctionArgs) {
  const { viewer, opportunity } = await requireReadable(args, async () => {
    return String((await parseForm(args.request))?.get('intent') ?? '');
  });
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const posted = await formDataOf(args.request);
  const judged = decides(posted.getAll('intent'))
    ? await requireStepUp(args, decidingOn(opportunity), posted)
    : null;
  const by = { actorId: viewer.id, opportunityId: opportunity.id, judged, requestId };
  const answer = await answerForm(by, posted);
  if (answer.ok) {
    const returnTo = posted.get('return_to');
    const path = safeReturnTo(
      typeof returnTo === 'string' ? returnTo : null,
      opportunityPath(opportunity),
    );
    return redirectWithToast(path, {
      tone: 'good',
      title: answer.message.slice(0, 200),
      ...(new URL(path, args.request.url).pathname !== opportunityPath(opportunity) &&
        namedElsewhere(opportunity)),
    });
  }
  const { status, message, errors, since } = answer;
  const refusal: FormRefusal = {
    intent: String(posted.get('intent') ?? ''),
    message,
    errors,
    since,
    typed: typedOf(posted),
  };
  return data(refusal, { status });
}

/** On a page that the opportunity may be gone from by then, a message says which one it was, and leads there. */
function namedElsewhere(opportunity: {
  name: string | null;
  remoteNumber: string | null;
  remoteId: string;
}) {
  return {
    description: (opportunity.name ?? 'Name not set in CRM').slice(0, 200),
    link: { to: opportunityPath(opportunity), name: 'Open the opportunity' },
  };
}

/** A refused form is shown beside the state as it is now, which the refusal may well be about. */
export function shouldRevalidate() {
  return true;
}

export default function Opportunity() {
  const { opportunity, path, view, architects, timeline, people, ...more } =
    useLoaderData<typeof loader>();
  const { today, formKey, linked, auditPath, evidence, raw, stepUp } = more;
  const refusal = useActionData<typeof action>() ?? null;
  const ofComment = refusal?.intent === 'comment';
  return (
    <article className="grid max-w-[90rem] gap-4">
      <Link
        to={useListAddress()}
        className="inline-flex items-center gap-1 justify-self-start link"
      >
        <ChevronLeft aria-hidden className="size-4" />
        Opportunities
      </Link>
      <OpportunityHeading opportunity={opportunity} today={today} assessment={view.assessment} />
      {opportunity.goneSince ? (
        <Notice tone="warning" title="Gone from the CRM">
          Since <Moment at={opportunity.goneSince} /> it reads as deleted there or out of BQS’
          sight. What BQS knows of it is kept, as it was last read; should it come back, it goes on
          here.
        </Notice>
      ) : null}
      <StepUpNotice stepUp={stepUp} />
      <QualificationCard
        opportunity={opportunity}
        path={path}
        view={view}
        architects={architects}
        refusal={ofComment ? null : refusal}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
        <TimelineCard timeline={timeline} linked={linked} auditPath={auditPath}>
          <CommentForm people={people} formKey={formKey} refusal={ofComment ? refusal : null} />
        </TimelineCard>
        <Card title="In the CRM" actions={<AsOf at={opportunity.lastSyncedAt} />}>
          <CrmFacts opportunity={opportunity} />
        </Card>
      </div>
      <EvidenceCard view={evidence} opportunity={opportunity} />
      {raw === null ? null : (
        <details className="rounded-lg border bg-surface">
          <summary className="px-4 py-2.5 link">The CRM’s record as it was read</summary>
          <pre className="max-h-[32rem] overflow-auto border-t p-4 font-mono text-xs" dir="ltr">
            {raw}
          </pre>
        </details>
      )}
    </article>
  );
}

function AsOf({ at }: { at: Date }) {
  return (
    <p className="text-xs text-muted">
      as of <Moment at={at} /> (<Span from={at} />)
    </p>
  );
}
