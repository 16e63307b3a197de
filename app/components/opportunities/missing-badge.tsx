import { Moment } from '#app/components/time.tsx';
import { Badge } from '#app/components/ui/badge.tsx';

const explanation =
  'The last complete sync did not see it. It reads as gone once the CRM has twice not had it to show, a day apart.';

/** Says that an opportunity may be gone from the CRM, which is being found out. Nothing where it is not. */
export function MissingBadge({ since, short }: { since: Date | null; short?: boolean }) {
  if (since === null) return null;
  if (short) {
    return (
      <span className="block text-xs text-muted md:whitespace-normal" title={explanation}>
        not seen since <Moment at={since} show="day" />, being confirmed
      </span>
    );
  }
  return (
    <Badge title={explanation} className="whitespace-normal">
      <span>
        Not seen since <Moment at={since} show="day" />, being confirmed
      </span>
    </Badge>
  );
}
