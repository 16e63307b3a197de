import type { FlowField, FlowMessage, FlowView } from '#app/domain/sign-in-flow.ts';
import { Button } from './ui/button.tsx';
import { CheckboxField } from './ui/checkbox-field.tsx';
import { Notice } from './ui/notice.tsx';
import { TextField } from './ui/text-field.tsx';

/** A form of the identity server, sent by the browser itself so that it needs no script. */
export function FlowForm({ view }: { view: FlowView }) {
  return (
    <div className="grid gap-4">
      <FlowMessages messages={view.messages} />
      <form action={view.action} method="post" className="grid gap-4">
        {view.fields.map((field, index) => (
          <Field key={`${field.name}-${index}`} field={field} only={isOnly(view.fields, field)} />
        ))}
      </form>
    </div>
  );
}

/** The part of a flow that belongs to one group, as a form that can be sent without the others. */
export function FlowGroupForm({ view, group }: { view: FlowView; group: string }) {
  const fields = view.fields.filter((field) => field.group === group || field.group === 'default');
  return <FlowForm view={{ ...view, fields, messages: [] }} />;
}

/** What the identity server says of the form as a whole. */
export function FlowMessages({ messages }: { messages: FlowMessage[] }) {
  return messages.map((message) => (
    <Notice
      key={message.text}
      tone={message.tone}
      role={message.tone === 'bad' ? 'alert' : 'status'}
    >
      {message.text}
    </Notice>
  ));
}

/** Whether a button is the one that Enter presses: the first of the form. */
function isOnly(fields: FlowField[], field: FlowField): boolean {
  return fields.find(({ kind }) => kind === 'submit') === field;
}

function Field({ field, only }: { field: FlowField; only: boolean }) {
  switch (field.kind) {
    case 'hidden':
      return <input type="hidden" name={field.name} value={field.value} />;
    case 'submit':
      return (
        <Button
          name={field.name}
          value={field.value}
          variant={only ? 'primary' : 'secondary'}
          disabled={field.disabled}
          // Another way in must not ask for what only the first one needs.
          formNoValidate={!only}
        >
          {field.label}
        </Button>
      );
    case 'checkbox':
      return (
        <CheckboxField
          name={field.name}
          label={field.label}
          value="true"
          defaultChecked={field.value === 'true'}
          error={field.error}
          disabled={field.disabled}
          required={field.required}
        />
      );
    case 'text':
      return <p>{field.value || field.label}</p>;
    case 'link':
      return (
        <a href={field.value} className="text-accent underline">
          {field.label}
        </a>
      );
    case 'image':
      return <img src={field.value} alt={field.label} />;
    case 'input':
      return <TextInput field={field} />;
  }
}

function TextInput({ field }: { field: FlowField }) {
  return (
    <TextField
      name={field.name}
      type={field.type}
      label={field.label}
      defaultValue={field.value}
      required={field.required}
      disabled={field.disabled}
      autoComplete={field.autoComplete ?? (field.name === 'identifier' ? 'username' : undefined)}
      pattern={field.pattern}
      maxLength={field.maxLength}
      inputMode={field.name === 'code' ? 'numeric' : undefined}
      error={field.error}
    />
  );
}
