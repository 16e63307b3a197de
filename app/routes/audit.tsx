import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { requirePermission } from '#app/auth/guard.server.ts';
import { AuditTable, type AuditRow } from '#app/components/audit-table.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { SelectField } from '#app/components/ui/select-field.tsx';
import { auditKinds } from '#app/domain/audit.ts';
import { auditDetails, auditKindNames } from '#app/domain/audit-words.ts';
import { db } from '#app/lib/db.server.ts';
import {
  isAuditKind,
  listAuditActors,
  listAuditEvents,
  type AuditEntry,
} from '#app/models/audit-list.server.ts';

export const meta: MetaFunction = () => [{ title: 'Audit · BQS' }];

/** Filters in the URL: `kind`, `actor` (a user's id, or BQS), `subject` (`type:id`), `before`. */
const filterSchema = z.object({
  kind: z.string().refine(isAuditKind).nullable(),
  actor: z.union([z.guid(), z.literal('BQS')]).nullable(),
  subject: z
    .string()
    .regex(/^[a-z_]+:.{1,100}$/)
    .transform((text) => {
      const [type = '', ...id] = text.split(':');
      return { type, id: id.join(':') };
    })
    .nullable(),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform(BigInt)
    .nullable(),
});

export async function loader(args: LoaderFunctionArgs) {
  await requirePermission(args, 'read:audit');
  const { searchParams } = new URL(args.request.url);
  const given = (name: string) => searchParams.get(name) || null;
  const chosen = { kind: given('kind'), actor: given('actor'), subject: given('subject') };
  const filter = filterSchema.safeParse({ ...chosen, before: given('before') });
  if (!filter.success) {
    const message = `There is no such ${String(filter.error.issues[0]?.path[0])} to filter by.`;
    throw Response.json({ message }, { status: 400 });
  }
  const [{ events, next }, actors] = await Promise.all([
    listAuditEvents(db, filter.data),
    listAuditActors(db),
  ]);
  return {
    chosen,
    paged: filter.data.before !== null,
    events: events.map(toRow),
    next: next && address({ ...chosen, before: next }),
    first: address(chosen),
    kinds: auditKinds.map((value) => ({ value, label: auditKindNames[value] })),
    actors: [{ id: 'BQS', name: 'BQS itself' }, ...actors],
  };
}

function toRow({ id, at, kind, actor, subject, data }: AuditEntry): AuditRow {
  return {
    id,
    at,
    kind: isAuditKind(kind) ? auditKindNames[kind] : kind,
    actor: { name: actor.name, to: address({ actor: actor.id ?? 'BQS' }) },
    subject: {
      name: subject.name ?? `${subject.type.replaceAll('_', ' ')} ${subject.id}`,
      to: address({ subject: `${subject.type}:${subject.id}` }),
    },
    details: auditDetails(data),
  };
}

function address(filter: Record<string, string | null>): string {
  const set = Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== null);
  return `/audit?${new URLSearchParams(set)}`;
}

export default function Audit() {
  const { chosen, paged, events, next, first, kinds, actors } = useLoaderData<typeof loader>();
  const filtered = Object.values(chosen).some(Boolean);
  return (
    <div className="grid gap-5">
      <PageHeader title="Audit" lead="Who did what, and when. Nothing here can be changed." />
      <Form className="flex flex-wrap items-end gap-2" key={first}>
        {chosen.subject ? <input type="hidden" name="subject" value={chosen.subject} /> : null}
        <SelectField name="kind" label="What" defaultValue={chosen.kind ?? ''}>
          <option value="">Everything</option>
          {kinds.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <SelectField name="actor" label="Who" defaultValue={chosen.actor ?? ''}>
          <option value="">Everybody</option>
          {actors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <Button>Show</Button>
        {filtered ? (
          <LinkButton to="/audit" variant="quiet">
            Clear
          </LinkButton>
        ) : null}
      </Form>
      <Card flush={events.length > 0}>
        {events.length === 0 ? (
          <EmptyState
            title={filtered ? 'Nothing matches these filters' : 'Nothing has happened yet'}
          >
            Changes of roles and practices, syncs asked for by people and changes of the state of an
            opportunity appear here.
          </EmptyState>
        ) : (
          <AuditTable events={events} />
        )}
      </Card>
      <nav aria-label="Pages" className="flex gap-4">
        {paged ? (
          <Link to={first} className="text-accent underline">
            Newest
          </Link>
        ) : null}
        {next ? (
          <Link to={next} className="text-accent underline">
            Older
          </Link>
        ) : null}
      </nav>
    </div>
  );
}
