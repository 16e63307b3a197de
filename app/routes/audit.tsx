import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Download } from 'lucide-react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { AuditFilters } from '#app/components/audit-filters.tsx';
import { AuditTable, type AuditRow } from '#app/components/audit-table.tsx';
import { buttonLook } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { Pager } from '#app/components/ui/pager.tsx';
import { auditKinds, auditSubjectTypes } from '#app/domain/audit.ts';
import { auditAddress } from '#app/domain/audit-address.ts';
import { parseAuditFilter, type AuditFilter } from '#app/domain/audit-filter.ts';
import { auditKindNames, auditSubjectNames } from '#app/domain/audit-words.ts';
import { eventWords } from '#app/domain/event-words.ts';
import { db } from '#app/lib/db.server.ts';
import {
  isAuditKind,
  listAuditActors,
  listAuditEvents,
  type AuditEntry,
} from '#app/models/audit-list.server.ts';

export const meta: MetaFunction = () => [{ title: 'Audit · BQS' }];

/** Filters in the URL as `parseAuditFilter` reads them, and `before`, the last event of the page before. */
export async function loader(args: LoaderFunctionArgs) {
  await requirePermission(args, 'read:audit');
  const { searchParams } = new URL(args.request.url);
  const parsed = parseAuditFilter(searchParams);
  const before = searchParams.get('before') || null;
  if (!parsed.ok) throw Response.json({ message: parsed.message }, { status: 400 });
  if (before !== null && !/^\d{1,18}$/.test(before)) {
    throw Response.json({ message: 'There is no such page of events.' }, { status: 400 });
  }
  const { filter, chosen } = parsed;
  const [{ events, next }, actors] = await Promise.all([
    listAuditEvents(db, { ...filter, before: before === null ? null : BigInt(before) }),
    listAuditActors(db),
  ]);
  return {
    chosen,
    about: aboutOf(filter.subject, events[0]),
    paged: before !== null,
    events: events.map(toRow),
    next: next && auditAddress({ ...chosen, before: next }),
    first: auditAddress(chosen),
    file: auditAddress(chosen, '/audit/export'),
    kinds: auditKinds.map((value) => ({ value, label: auditKindNames[value] })),
    subjects: auditSubjectTypes.map((value) => ({ value, label: auditSubjectNames[value] })),
    actors: [{ value: 'BQS', label: 'BQS itself' }, ...actors.map(toOption)],
  };
}

/** The one subject that is asked for, by its latest name. */
function aboutOf(subject: AuditFilter['subject'], latest: AuditEntry | undefined): string | null {
  if (!subject || subject.id === null) return null;
  return latest?.subject.name ?? `${subject.type.replaceAll('_', ' ')} ${subject.id}`;
}

function toOption({ id, name }: { id: string; name: string }) {
  return { value: id, label: name };
}

function toRow({ id, at, kind, actor, subject, data, criteria }: AuditEntry): AuditRow {
  return {
    id,
    at,
    kind: isAuditKind(kind) ? auditKindNames[kind] : kind,
    actor: { name: actor.name, to: auditAddress({ actor: actor.id ?? 'BQS' }) },
    subject: {
      name: subject.name ?? `${subject.type.replaceAll('_', ' ')} ${subject.id}`,
      to: auditAddress({ subject: `${subject.type}:${subject.id}` }),
    },
    ...eventWords(kind, data, criteria),
  };
}

export default function Audit() {
  const { chosen, about, paged, events, next, first, file, ...options } =
    useLoaderData<typeof loader>();
  const filtered = Object.values(chosen).some(Boolean);
  return (
    <div className="grid gap-5">
      <PageHeader
        title="Audit"
        lead="Who did what, and when. Nothing here can be changed."
        actions={
          <a href={file} download className={buttonLook({})}>
            <Download aria-hidden />
            {filtered ? 'Export what is found' : 'Export everything'}
          </a>
        }
      />
      <AuditFilters key={first} chosen={chosen} about={about} {...options} />
      <Card flush={events.length > 0}>
        {events.length === 0 ? (
          <EmptyState
            title={filtered ? 'Nothing matches these filters' : 'Nothing has happened yet'}
          >
            Changes of roles and practices, syncs asked for by people and everything done in the
            qualification of an opportunity appear here.
          </EmptyState>
        ) : (
          <AuditTable events={events} />
        )}
      </Card>
      <Pager of="past" first={paged ? first : null} next={next} />
    </div>
  );
}
