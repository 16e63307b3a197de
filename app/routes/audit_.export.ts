import type { LoaderFunctionArgs } from '@remix-run/node';
import { requirePermission } from '#app/auth/guard.server.ts';
import { parseAuditFilter } from '#app/domain/audit-filter.ts';
import { auditKindNames } from '#app/domain/audit-words.ts';
import { eventWords } from '#app/domain/event-words.ts';
import { csvResponse } from '#app/lib/csv.server.ts';
import { db } from '#app/lib/db.server.ts';
import { refuseForeignRead } from '#app/lib/own-export.server.ts';
import { isAuditKind, streamAuditEvents, type AuditEntry } from '#app/models/audit-list.server.ts';
import { workingToday } from '#app/models/working-calendar.server.ts';
import { exportAudit } from '#app/services/export-audit.server.ts';

const columns = [
  ...['id', 'at', 'kind', 'what', 'actor_id', 'actor', 'subject_type', 'subject_id', 'subject'],
  ...['in_words', 'words_given', 'data', 'request_id'],
];

/** Everything the audit page's filter finds, as a file. */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'read:audit');
  refuseForeignRead(args.request);
  const parsed = parseAuditFilter(new URL(args.request.url).searchParams);
  if (!parsed.ok) throw Response.json({ message: parsed.message }, { status: 400 });
  const { filter, chosen } = parsed;
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const { upTo } = await exportAudit({ actor: viewer, filter, chosen, requestId });
  const name = `bqs-audit-${workingToday()}.csv`;
  return csvResponse(name, columns, toRows(streamAuditEvents(db, filter, upTo)));
}

async function* toRows(events: AsyncIterable<AuditEntry>) {
  for await (const { id, at, kind, actor, subject, data, criteria, requestId } of events) {
    const { text, quote } = eventWords(kind, data, criteria);
    yield {
      id,
      at: at.toISOString(),
      kind,
      actor_id: actor.id,
      actor: actor.name,
      what: isAuditKind(kind) ? auditKindNames[kind] : kind,
      subject_type: subject.type,
      subject_id: subject.id,
      subject: subject.name,
      in_words: text,
      words_given: quote,
      data: JSON.stringify(data),
      request_id: requestId,
    };
  }
}
