import { Form } from '@remix-run/react';
import { runKinds, runOutcomes, runsAddress, type RunQuery } from '#app/domain/run-query.ts';
import { runKindName, syncStatusNames } from '#app/lib/sync-words.ts';
import { Button } from '#app/components/ui/button.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Pager } from '#app/components/ui/pager.tsx';
import { SelectField } from '#app/components/ui/select-field.tsx';

const kindNames = runKinds.map((kind) => ({
  kind,
  name:
    kind === 'FULL' || kind === 'INCREMENTAL'
      ? runKindName({ purpose: 'SYNC', syncType: kind })
      : runKindName({ purpose: kind, syncType: 'FULL' }),
}));

/** Narrows the list of runs by what they were for and how they ended. */
export function RunFilters({ query }: { query: RunQuery }) {
  return (
    <Form
      action="/sync"
      className="grid grid-cols-2 items-end gap-2 border-b px-4 py-3 md:flex md:flex-wrap"
    >
      <SelectField name="kind" label="Kind" defaultValue={query.kind ?? ''}>
        <option value="">Every kind</option>
        {kindNames.map(({ kind, name }) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField name="outcome" label="Outcome" defaultValue={query.outcome ?? ''}>
        <option value="">Every outcome</option>
        {runOutcomes.map((outcome) => (
          <option key={outcome} value={outcome}>
            {syncStatusNames[outcome]}
          </option>
        ))}
      </SelectField>
      <div className="col-span-2 flex gap-2">
        <Button>Show</Button>
        {query.kind || query.outcome ? (
          <LinkButton to="/sync" variant="quiet">
            Clear
          </LinkButton>
        ) : null}
      </div>
    </Form>
  );
}

/** From one page of runs to the next. */
export function RunPages({ query, next }: { query: RunQuery; next: string | null }) {
  return (
    <Pager
      label="Pages of runs"
      of="past"
      inCard
      first={query.before ? runsAddress({ ...query, before: null }) : null}
      next={next ? runsAddress({ ...query, before: next }) : null}
    />
  );
}
