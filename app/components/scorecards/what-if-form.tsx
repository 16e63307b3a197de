import { Form, Link } from '@remix-run/react';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { controlLook } from '#app/components/ui/field.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { weightSum } from '#app/domain/scorecard-values.ts';
import { whatIfNames, type WhatIf } from '#app/domain/what-if.ts';
import type { TypedScorecard } from '#app/domain/typed-scorecard.ts';
import { KnockOutOptions } from './knock-out-options.tsx';
import { WeightSum } from './weight-sum.tsx';

interface FormState extends Omit<WhatIf, 'definition'> {
  stored: TypedScorecard;
  query: string;
}

/** Other weights, knock-outs and edges to try, without saving anything: a question in the address. */
export function WhatIfForm({
  card,
  form,
}: {
  card: { id: string; status: string };
  form: FormState;
}) {
  const { typed, stored, varied, message, errors, query } = form;
  const own = `/admin/scorecards/${card.id}`;
  return (
    <Form method="get" preventScrollReset noValidate className="xl:sticky xl:top-4">
      <Card title="What if" actions={<WeightSum initial={sumOf(typed)} />}>
        <div className="grid gap-3">
          <p className="text-xs text-muted">
            Try other values: nothing is saved. A value that differs from the scorecard’s is marked.
          </p>
          {message ? <Notice tone="bad" role="alert" title={message} /> : null}
          <div className="grid grid-cols-[minmax(0,1fr)_4.5rem_7.5rem] items-center gap-x-2 gap-y-1.5">
            <span className="text-xs text-muted">Criterion</span>
            <span className="text-xs text-muted">Weight, %</span>
            <span className="text-xs text-muted">Knock-out</span>
            {typed.criteria.map((criterion, index) => (
              <Criterion
                key={criterion.code}
                criterion={criterion}
                errors={errors}
                stored={stored.criteria[index]}
              />
            ))}
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)_7.5rem] items-center gap-x-2 gap-y-1.5 border-t pt-3">
            <span className="text-xs text-muted">Band</span>
            <span className="text-xs text-muted">From, %</span>
            {typed.bands.map((band, index) => {
              const name = whatIfNames.from(band.code);
              return (
                <Control key={band.code} label={band.name} error={errors[name]}>
                  <input
                    name={name}
                    defaultValue={band.lowest}
                    aria-label={`${band.name}, from %`}
                    aria-invalid={errors[name] ? true : undefined}
                    inputMode="decimal"
                    className={look(band.lowest !== stored.bands[index]?.lowest)}
                  />
                </Control>
              );
            })}
          </div>
          <div className="flex flex-wrap items-center gap-2 border-t pt-3">
            <Button variant="primary">Replay</Button>
            {query ? <LinkButton to={`${own}/simulate`}>As stored</LinkButton> : null}
            {card.status === 'DRAFT' && varied && !message ? (
              <Link to={`${own}?${query}`} className="link">
                Take over into the draft
              </Link>
            ) : null}
          </div>
        </div>
      </Card>
    </Form>
  );
}

function Criterion({
  criterion,
  stored,
  errors,
}: {
  criterion: TypedScorecard['criteria'][number];
  stored: TypedScorecard['criteria'][number] | undefined;
  errors: WhatIf['errors'];
}) {
  const { code, name: title, weight, knockOut } = criterion;
  const [forWeight, forKnockOut] = [whatIfNames.weight(code), whatIfNames.knockOut(code)];
  return (
    <Control label={title} error={errors[forWeight] ?? errors[forKnockOut]}>
      <input
        name={forWeight}
        defaultValue={weight}
        data-weight
        aria-label={`${title}, weight %`}
        aria-invalid={errors[forWeight] ? true : undefined}
        inputMode="numeric"
        className={look(weight !== stored?.weight)}
      />
      <select
        name={forKnockOut}
        defaultValue={knockOut}
        aria-label={`${title}, knock-out`}
        className={look(knockOut !== stored?.knockOut)}
      >
        <KnockOutOptions typed={knockOut} />
      </select>
    </Control>
  );
}

function Control({
  label,
  error,
  children,
}: {
  label: string;
  error: string | undefined;
  children: React.ReactNode;
}) {
  return (
    <>
      <span className="min-w-0 text-sm leading-4 wrap-anywhere">{label}</span>
      {children}
      {error ? (
        <p role="alert" className="col-span-full text-xs font-medium text-bad">
          {error}
        </p>
      ) : null}
    </>
  );
}

function look(changed: boolean): string {
  return changed ? `${controlLook} border-accent! bg-accent-soft! font-semibold` : controlLook;
}

function sumOf({ criteria }: TypedScorecard): number {
  return weightSum(criteria.map(({ weight }) => weight));
}
