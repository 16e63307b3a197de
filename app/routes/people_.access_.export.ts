import type { LoaderFunctionArgs } from '@remix-run/node';
import { requirePermission } from '#app/auth/guard.server.ts';
import type { AccessLine } from '#app/domain/access.ts';
import { permissionWords } from '#app/domain/permission-words.ts';
import { personStateNames } from '#app/domain/person-state.ts';
import { roleNames } from '#app/domain/roles.ts';
import { csvResponse } from '#app/lib/csv.server.ts';
import { refuseForeignRead } from '#app/lib/own-export.server.ts';
import type { PersonAccess } from '#app/models/access-review.server.ts';
import { workingToday } from '#app/models/working-calendar.server.ts';
import { exportAccess } from '#app/services/export-access.server.ts';

const columns = [
  ...[
    'user_id',
    'name',
    'email',
    'email_verified',
    'state',
    'last_seen_at',
    'readable_opportunities',
  ],
  ...['permission', 'may', 'reach', 'by_role', 'granted_by', 'granted_at'],
  ...['stands_in_for', 'until'],
];

/** Who can do what and why, a row for everything somebody holds; whoever holds nothing has one row too. */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'review:access');
  refuseForeignRead(args.request);
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const everybody = await exportAccess({ actor: viewer, requestId });
  return csvResponse(`bqs-access-${workingToday()}.csv`, columns, toRows(everybody));
}

async function* toRows(everybody: PersonAccess[]) {
  for (const person of everybody) {
    const { viewer, email, emailVerified, lastSeenAt, readable, state } = person;
    const who = {
      user_id: viewer.id,
      name: viewer.name,
      email,
      email_verified: String(emailVerified),
      state: personStateNames[state],
      last_seen_at: lastSeenAt?.toISOString() ?? null,
      readable_opportunities: String(readable),
    };
    if (person.lines.length === 0) yield { ...who, permission: null };
    for (const line of person.lines) yield { ...who, ...lineOf(person, line) };
  }
}

function lineOf({ granted }: PersonAccess, { permission, grant, reach }: AccessLine) {
  const { role, mandate } = grant;
  const by = mandate ? null : granted.find((each) => each.role === role);
  return {
    permission,
    may: permissionWords[permission],
    reach,
    by_role: roleNames[role],
    granted_by: by?.by ?? null,
    granted_at: by?.at.toISOString() ?? null,
    stands_in_for: mandate?.absent.name ?? null,
    until: mandate?.until ?? null,
  };
}
