import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import type { ReactNode } from 'react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { stepUpAhead } from '#app/auth/step-up.server.ts';
import { StandInLines } from '#app/components/stand-ins/stand-in-lines.tsx';
import { useRootData } from '#app/components/root-data.ts';
import { StepUpNotice } from '#app/components/step-up.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { ArchitectWork } from '#app/components/worklist/architect-work.tsx';
import { HeadWork } from '#app/components/worklist/head-work.tsx';
import { ManagerWork } from '#app/components/worklist/manager-work.tsx';
import { SalesWork } from '#app/components/worklist/sales-work.tsx';
import { holds, mandatesOf } from '#app/domain/permissions.ts';
import type { Mandate } from '#app/domain/mandate.ts';
import { roleNames } from '#app/domain/roles.ts';
import { decidingOn } from '#app/domain/step-up.ts';
import { db } from '#app/lib/db.server.ts';
import { formatDay } from '#app/lib/format.ts';
import { readAt } from '#app/models/at.server.ts';
import { listStandInsFor } from '#app/models/stand-in.server.ts';
import {
  readArchitectWork,
  readHeadWork,
  readManagerWork,
  readSalesWork,
  readWorkFor,
} from '#app/models/worklist.server.ts';

export const meta: MetaFunction = () => [{ title: 'Worklist · BQS' }];

/** What each of the viewer's roles opens BQS for, and each they stand in for. */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'read:opportunity');
  const at = await readAt(db);
  const is = (role: keyof typeof roleNames) => viewer.roles.includes(role);
  const own = { ...viewer, standsInFor: [] };
  const mandates = mandatesOf<Mandate>(viewer);
  const [manager, head, architect, sales, represented, others] = await Promise.all([
    is('MANAGER') ? readManagerWork(db, viewer, at) : null,
    is('PRACTICE_HEAD') ? readHeadWork(db, viewer, own, at) : null,
    is('SOLUTION_ARCHITECT') ? readArchitectWork(db, own, at) : null,
    is('SALES') ? readSalesWork(db, own, at) : null,
    listStandInsFor(db, viewer.id, at.today),
    Promise.all(mandates.map((mandate) => readWorkFor(db, viewer, mandate, at))),
  ]);
  const { roles } = viewer;
  const several = roles.length + mandates.length > 1;
  const mayRun = holds(viewer, 'run:sync');
  const stepUp = await stepUpAhead(args, ...(manager?.waiting.rows ?? []).map(decidingOn));
  const work = { manager, head, architect, sales, represented, others };
  return { stepUp, today: at.today, several, mayRun, ...work };
}

export default function Worklist() {
  const { stepUp, today, mayRun, manager, head, architect, sales, represented, others } =
    useLoaderData<typeof loader>();
  const acting = others.map(({ role, until, for: { name } }) => ({ name, role, until }));
  const never = useRootData()?.freshness?.state === 'never';
  return (
    <div className="grid gap-5">
      <PageHeader title="Worklist" lead={`What waits for you, ${formatDay(today)}.`} />
      <StandInLines acting={acting} represented={represented} />
      {never ? (
        <Notice tone="info" title="No opportunities yet: the first sync has not run">
          {mayRun ? (
            <Link to="/sync" className="link">
              Run the first sync
            </Link>
          ) : (
            'A manager can run it.'
          )}
        </Notice>
      ) : null}
      <StepUpNotice stepUp={stepUp} />
      {manager ? (
        <Section held="MANAGER">
          <ManagerWork work={manager} today={today} />
        </Section>
      ) : null}
      {head ? (
        <Section held="PRACTICE_HEAD">
          <HeadWork work={head} today={today} />
        </Section>
      ) : null}
      {architect ? (
        <Section held="SOLUTION_ARCHITECT">
          <ArchitectWork work={architect} today={today} />
        </Section>
      ) : null}
      {sales ? (
        <Section held="SALES">
          <SalesWork work={sales} today={today} />
        </Section>
      ) : null}
      {others.map((work) => (
        <Section key={`${work.for.id} ${work.role}`} held={work.role} absent={work.for.name}>
          {work.manager ? <ManagerWork work={work.manager} today={today} /> : null}
          {work.head ? <HeadWork work={work.head} today={today} /> : null}
          {work.sales ? <SalesWork work={work.sales} today={today} /> : null}
        </Section>
      ))}
    </div>
  );
}

/** The part of one role, named where a person has several; `absent` is whom the viewer stands in for. */
function Section({
  held,
  absent,
  children,
}: {
  held: keyof typeof roleNames;
  absent?: string;
  children: ReactNode;
}) {
  const { several } = useLoaderData<typeof loader>();
  const whose = absent ? ` for ${absent}` : '';
  return (
    <section aria-label={roleNames[held] + whose} className="grid gap-2">
      {several ? (
        <p className="text-xs font-semibold tracking-wide text-muted uppercase">
          As {roleNames[held].toLowerCase() + whose}
        </p>
      ) : null}
      {children}
    </section>
  );
}
