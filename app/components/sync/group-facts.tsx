import { ruleWords } from '#app/domain/mapping-rule.ts';
import { formatCount, plural } from '#app/lib/format.ts';
import type { RuleInForce } from '#app/models/mapping-rule.server.ts';
import type { QuarantineGroup } from '#app/models/quarantine-group.server.ts';
import { Moment } from '#app/components/time.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { Form } from '@remix-run/react';

/** Since when the records of a group fail, and what was tried. */
export function GroupFacts({ group }: { group: QuarantineGroup }) {
  const { records, firstSeenAt, lastSeenAt, timesTried, lastTriedAt } = group;
  return (
    <>
      {plural(records, 'record')}, first seen <Moment at={firstSeenAt} />, last seen{' '}
      <Moment at={lastSeenAt} />
      {timesTried > 0 && lastTriedAt ? (
        <>
          , tried {plural(timesTried, 'time')}, last <Moment at={lastTriedAt} />
        </>
      ) : (
        ', not tried again yet'
      )}
    </>
  );
}

/** The rule made for a group, with the way to have it applied and the way to end it. */
export function RuleNotice({
  rule,
  form,
  total,
}: {
  rule: RuleInForce;
  /** The form of the records, which replaying sends. */
  form: string;
  total: number;
}) {
  return (
    <Notice tone="info" title={`A rule is in force: ${rule.field} ${ruleWords(rule)}`}>
      <p className="break-words">
        By <bdi>{rule.by}</bdi>, <Moment at={rule.at} />: <bdi>{rule.reason}</bdi>
      </p>
      <p>
        It holds for every run that begins after it was made. If it is withdrawn, what was written
        under it stays until the CRM sends it again; a full sync asks for everything.
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        {total > 0 ? (
          <Button name="intent" value="replay-all" form={form} variant="primary" size="small">
            {total === 1 ? 'Replay the record' : `Replay all ${formatCount(total)}`}
          </Button>
        ) : null}
        <Form method="post" action="/sync/quarantine">
          <input type="hidden" name="rule" value={rule.id} />
          <Button name="intent" value="withdraw-rule" size="small">
            Withdraw the rule
          </Button>
        </Form>
      </div>
    </Notice>
  );
}
