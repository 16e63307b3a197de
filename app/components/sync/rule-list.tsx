import { Form } from '@remix-run/react';
import { ruleWords } from '#app/domain/mapping-rule.ts';
import { quarantineCauses } from '#app/domain/sync.ts';
import type { RuleInForce } from '#app/models/mapping-rule.server.ts';
import { Moment } from '#app/components/time.tsx';
import { Button } from '#app/components/ui/button.tsx';

/** How fields are read by people's word, by whom and why. Each can be withdrawn on its own. */
export function RuleList({ rules, mayWithdraw }: { rules: RuleInForce[]; mayWithdraw: boolean }) {
  return (
    <ul className="divide-y">
      {rules.map((rule) => (
        <li
          key={rule.id}
          className="grid items-start gap-x-6 gap-y-1.5 px-4 py-3 md:grid-cols-[1fr_auto]"
        >
          <div className="grid min-w-0 gap-0.5">
            <p className="break-words">
              <code className="font-mono text-xs font-semibold">{rule.field}</code>{' '}
              {ruleWords(rule)}{' '}
              <span className="text-muted">
                {rule.cause === 'vanished'
                  ? 'where the CRM does not send it'
                  : `where it fails: ${quarantineCauses[rule.cause].toLowerCase()}`}
              </span>
            </p>
            <p className="text-xs break-words text-muted">
              <bdi>{rule.by}</bdi>, <Moment at={rule.at} />: <bdi>{rule.reason}</bdi>
            </p>
          </div>
          {mayWithdraw ? (
            <Form method="post" action="/sync/quarantine">
              <input type="hidden" name="rule" value={rule.id} />
              <Button
                name="intent"
                value="withdraw-rule"
                size="small"
                aria-label={`Withdraw the rule for ${rule.field}`}
              >
                Withdraw
              </Button>
            </Form>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
