import { staleFieldNames, type StaleField } from '#app/domain/staleness.ts';
import { staleValueWords } from '#app/lib/stale-words.ts';
import { Moment } from '#app/components/time.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import type { Mark } from '#app/models/assessment-record.server.ts';

const resolutions = {
  STILL_HOLDS: 'confirmed to hold',
  RENEWED: 'assessed anew',
  REVERTED: 'moved back in the CRM',
};

/** What has moved in the CRM since the assessment was made, before → after. */
export function StaleMarks({ marks }: { marks: readonly Mark[] }) {
  if (marks.length === 0) return null;
  const open = marks.some(({ resolvedAt }) => resolvedAt === null);
  return (
    <Notice
      tone={open ? 'warning' : 'neutral'}
      title={open ? 'The CRM has changed since this was scored' : 'The CRM had changed since'}
    >
      <ul className="grid gap-1">
        {marks.map((mark, index) => (
          <li key={index}>
            {nameOf(mark.field)}: {staleValueWords(mark.field, mark.before)} →{' '}
            {staleValueWords(mark.field, mark.after)}{' '}
            <span className="text-xs text-muted">
              seen <Moment at={mark.markedAt} />
              {mark.resolution
                ? `; ${resolutions[mark.resolution]}${mark.resolvedByName ? ` by ${mark.resolvedByName}` : ''}`
                : null}
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function nameOf(field: string): string {
  return field in staleFieldNames ? staleFieldNames[field as StaleField] : field;
}
