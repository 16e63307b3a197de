import { Form } from '@remix-run/react';
import { X } from 'lucide-react';
import { auditAddress, type AuditChoice } from '#app/domain/audit-address.ts';
import { Button } from './ui/button.tsx';
import { LinkButton } from './ui/link-button.tsx';
import { SelectField } from './ui/select-field.tsx';
import { TextField } from './ui/text-field.tsx';

interface Option {
  value: string;
  label: string;
}

/** What the audit events are narrowed down by. `about`: the name of the one subject asked for, if any. */
export function AuditFilters({
  chosen,
  about,
  kinds,
  actors,
  subjects,
}: {
  chosen: AuditChoice;
  about: string | null;
  kinds: Option[];
  actors: Option[];
  subjects: Option[];
}) {
  const filtered = Object.values(chosen).some(Boolean);
  return (
    <Form className="grid grid-cols-2 items-end gap-2 md:flex md:flex-wrap">
      <Choice name="kind" label="What" all="Everything" options={kinds} chosen={chosen.kind} />
      <Choice name="actor" label="Who" all="Everybody" options={actors} chosen={chosen.actor} />
      {about === null ? (
        <Choice
          name="subject"
          label="About"
          all="Anything"
          options={subjects}
          chosen={chosen.subject}
        />
      ) : (
        <div className="grid min-w-0 gap-1">
          <span className="text-xs font-medium">About</span>
          <input type="hidden" name="subject" value={chosen.subject ?? ''} />
          <LinkButton
            to={auditAddress({ ...chosen, subject: null })}
            aria-label={`About ${about}: take this filter away`}
            className="max-w-72 min-w-0"
          >
            <bdi className="truncate">{about}</bdi>
            <X aria-hidden />
          </LinkButton>
        </div>
      )}
      <TextField name="since" type="date" label="Since (UTC)" defaultValue={chosen.since ?? ''} />
      <TextField name="until" type="date" label="Until (UTC)" defaultValue={chosen.until ?? ''} />
      <TextField
        name="name"
        type="search"
        label="Name of who or what"
        maxLength={100}
        defaultValue={chosen.name ?? ''}
      />
      <div className="col-span-2 flex gap-2">
        <Button>Show</Button>
        {filtered ? (
          <LinkButton to="/audit" variant="quiet">
            Clear
          </LinkButton>
        ) : null}
      </div>
    </Form>
  );
}

function Choice({
  name,
  label,
  all,
  options,
  chosen,
}: {
  name: string;
  label: string;
  all: string;
  options: Option[];
  chosen: string | null;
}) {
  return (
    <SelectField name={name} label={label} defaultValue={chosen ?? ''} className="min-w-0">
      <option value="">{all}</option>
      {options.map(({ value, label: text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </SelectField>
  );
}
