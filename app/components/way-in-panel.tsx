import { Moment } from './time.tsx';
import { Notice } from './ui/notice.tsx';

/** How somebody comes in, shown this once. */
export interface ShownWayIn {
  link: string;
  code: string;
  expiresAt: Date;
  mailed: 'sent' | 'failed' | 'off';
}

const mailWords: Record<ShownWayIn['mailed'], (email: string) => string> = {
  sent: (email) => `Both were mailed to ${email} as well.`,
  failed: (email) => `They could not be mailed to ${email}: hand them over yourself.`,
  off: () => 'BQS sends no mail here: hand them over yourself.',
};

/** The link and the code for somebody without a password, which no page shows again. */
export function WayInPanel({
  name,
  email,
  way,
}: {
  name: string;
  email: string;
  way: ShownWayIn | null;
}) {
  if (!way) {
    return (
      <Notice tone="warning" role="status" title={`${name} is invited, but has no way in yet`}>
        Ory made no code. Open their page and make one there.
      </Notice>
    );
  }
  return (
    <Notice tone="good" role="status" title={`Hand this to ${name}. It is shown only now`}>
      <div className="mt-1 grid gap-2.5">
        <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr] sm:items-baseline">
          <dt className="text-xs text-muted">Page</dt>
          <dd className="font-mono text-xs break-all select-all">{way.link}</dd>
          <dt className="text-xs text-muted">Code</dt>
          <dd className="font-mono text-lg font-semibold tracking-widest select-all">{way.code}</dd>
        </dl>
        <p>
          Whoever has both can sign in as {name} once, until <Moment at={way.expiresAt} />, and sets
          a password then. {mailWords[way.mailed](email)}
        </p>
        <p className="text-muted">
          Their address counts once they have verified it: tell sales, whose opportunities are found
          by it.
        </p>
      </div>
    </Notice>
  );
}
