import { Moment } from '#app/components/time.tsx';
import type { Grant } from '#app/domain/permissions.ts';
import { roleNames } from '#app/domain/roles.ts';
import { formatDay } from '#app/lib/format.ts';
import type { PersonAccess } from '#app/models/access-review.server.ts';

/** By what somebody can do something: a role and who granted it, or for whom they stand in and how long. */
export function GrantName({
  grant: { role, mandate },
  granted,
}: {
  grant: Pick<Grant, 'role' | 'mandate'>;
  granted: PersonAccess['granted'];
}) {
  if (mandate) {
    return (
      <div className="grid">
        <span>
          {roleNames[role]} for <bdi>{mandate.absent.name}</bdi>
        </span>
        <span className="text-xs text-muted">stand-in until {formatDay(mandate.until)}</span>
      </div>
    );
  }
  const by = granted.find((each) => each.role === role);
  return (
    <div className="grid">
      <span>{roleNames[role]}</span>
      {by ? (
        <span className="text-xs text-muted">
          {by.by ? (
            <>
              by <bdi>{by.by}</bdi>,{' '}
            </>
          ) : (
            'since '
          )}
          <Moment at={by.at} show="day" />
        </span>
      ) : null}
    </div>
  );
}
