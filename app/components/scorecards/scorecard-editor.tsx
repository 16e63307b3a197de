import { Form } from '@remix-run/react';
import { useEffect } from 'react';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import type { FieldErrors } from '#app/domain/scorecard-form.ts';
import type { AfterSave } from '#app/domain/scorecard-intent.ts';
import { weightSum } from '#app/domain/scorecard-values.ts';
import type { TypedScorecard } from '#app/domain/typed-scorecard.ts';
import { BandFields } from './band-fields.tsx';
import { CriterionFields } from './criterion-fields.tsx';
import { FastTrackFields } from './fast-track-fields.tsx';
import { AddRow } from './row-buttons.tsx';
import { WeightSum } from './weight-sum.tsx';

export interface EditorState {
  typed: TypedScorecard;
  errors: FieldErrors;
  /** Why nothing was saved; null where nothing was refused. */
  refusal: string | null;
  /** The revision the form was made on. */
  revision: number;
  /** The revision that somebody else has saved since; null where nobody has. */
  current: number | null;
  /** The id of what to look at next. */
  focus: string | null;
}

const refusalId = 'refusal';

/** A draft as one form. Give it a key that changes with what the server answers: its fields are the browser's. */
export function ScorecardEditor({ state }: { state: EditorState }) {
  const { typed, errors, refusal, revision, focus } = state;
  useEffect(() => {
    const target = document.getElementById(refusal ? refusalId : (focus ?? ''));
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: 'start' });
  }, [focus, refusal]);
  return (
    <Form method="post" preventScrollReset noValidate className="grid gap-4">
      <input type="hidden" name="revision" value={revision} />
      <div className="sticky top-0 z-10 -mx-1 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border bg-raised px-3 py-2 shadow-sm">
        <WeightSum initial={weightSum(typed.criteria.map(({ weight }) => weight))} />
        <div className="flex flex-wrap gap-2">
          <Button name="intent" value="save" variant="primary" size="small">
            Save draft
          </Button>
          <SaveAnd then="simulate">simulate</SaveAnd>
          <SaveAnd then="publish">publish…</SaveAnd>
        </div>
      </div>
      {refusal ? <Refusal state={state} refusal={refusal} /> : null}
      <Card>
        <TextField
          label="Name of the scorecard"
          id="name"
          name="name"
          defaultValue={typed.name}
          error={errors.name}
          maxLength={200}
          className="max-w-xl"
        />
      </Card>
      <Criteria typed={typed} errors={errors} />
      <Bands typed={typed} errors={errors} />
      <FastTrackFields fastTrack={typed.fastTrack} errors={errors} />
    </Form>
  );
}

/** On a phone there is room for its last word alone. */
function SaveAnd({ then, children }: { then: AfterSave; children: string }) {
  return (
    <Button name="intent" value={`save.${then}`} size="small">
      <span>
        <span className="max-md:sr-only">Save and </span>
        <span className="max-md:inline-block max-md:first-letter:uppercase">{children}</span>
      </span>
    </Button>
  );
}

function Refusal({ state, refusal }: { state: EditorState; refusal: string }) {
  const fields = Object.entries(state.errors);
  return (
    <Notice
      tone="bad"
      role="alert"
      id={refusalId}
      tabIndex={-1}
      title={refusal}
      className="scroll-mt-24"
    >
      <p>What you typed is still here. Nothing was saved.</p>
      {fields.length > 0 ? (
        <ul className="mt-1 list-disc pl-5">
          {fields.slice(0, 8).map(([field, words]) => (
            <li key={field}>
              <a href={`#${field}`} className="link">
                {placeOf(field)}
                {words}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {state.current === null ? null : (
        <div className="mt-2 flex flex-wrap gap-2">
          <Button name="intent" value={`overwrite.${state.current}`} variant="danger" size="small">
            Save mine over theirs
          </Button>
          <a href="?" target="_blank" rel="noreferrer" className="self-center link">
            Open theirs in another window
          </a>
        </div>
      )}
    </Notice>
  );
}

/** Which row a field stands in, as far as its own words do not say. */
function placeOf(field: string): string {
  const [list = '', index = ''] = field.split('.');
  const row = { criteria: 'Criterion', bands: 'Band', limits: 'Limit' }[list];
  return row && index !== '' ? `${row} ${Number(index) + 1}: ` : '';
}

function Criteria({ typed, errors }: Pick<EditorState, 'typed' | 'errors'>) {
  const { criteria } = typed;
  return (
    <Card
      title="Criteria"
      flush
      actions={
        <AddRow list="criteria" at={criteria.length}>
          Add a criterion
        </AddRow>
      }
    >
      <div id="criteria" tabIndex={-1}>
        <Wrong words={errors.criteria} />
        {criteria.map((criterion, index) => (
          <CriterionFields
            key={index}
            criterion={criterion}
            index={index}
            last={criteria.length - 1}
            errors={errors}
          />
        ))}
      </div>
    </Card>
  );
}

function Bands({ typed, errors }: Pick<EditorState, 'typed' | 'errors'>) {
  const { bands } = typed;
  return (
    <Card
      title="Bands, the highest first"
      flush
      actions={
        <AddRow list="bands" at={bands.length}>
          Add a band
        </AddRow>
      }
    >
      <div id="bands" tabIndex={-1}>
        <Wrong words={errors.bands} />
        {bands.map((band, index) => (
          <BandFields
            key={index}
            band={band}
            index={index}
            last={bands.length - 1}
            errors={errors}
          />
        ))}
      </div>
    </Card>
  );
}

function Wrong({ words }: { words: string | undefined }) {
  return words ? <p className="px-4 pt-3 text-xs font-medium text-bad">{words}</p> : null;
}
