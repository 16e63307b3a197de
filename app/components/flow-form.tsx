import { codeFields } from '#app/domain/flow-spelling.ts';
import type { FlowField, FlowMessage, FlowView } from '#app/domain/sign-in-flow.ts';
import { Button } from './ui/button.tsx';
import { CheckboxField } from './ui/checkbox-field.tsx';
import { BackupCodes, SettledValue } from './flow-values.tsx';
import { FlowScriptTag, TriggerButton } from './flow-script.tsx';
import { Notice } from './ui/notice.tsx';
import { TextField } from './ui/text-field.tsx';

/** A form of the identity server, sent by the browser itself so that it needs no script. */
export function FlowForm({ view }: { view: FlowView }) {
  return (
    <div className="grid gap-4">
      <FlowMessages messages={view.messages} />
      <FlowScriptTag script={view.script} fields={view.fields} />
      <form action={view.action} method="post" className="grid gap-4">
        {inOrder(view.fields).map((field, index) => (
          <Field key={`${field.name}-${index}`} field={field} only={isOnly(view.fields, field)} />
        ))}
      </form>
    </div>
  );
}

/** The part of a flow that belongs to one group, as a form that can be sent without the others. */
export function FlowGroupForm({ view, group }: { view: FlowView; group: string }) {
  const fields = view.fields.filter((field) => field.group === group || field.group === 'default');
  // The script serves the whole page; it stands with the forms that call it.
  const script = fields.some(({ calls }) => calls) ? view.script : null;
  return <FlowForm view={{ ...view, fields, script, messages: [] }} />;
}

/** A flow that offers several ways, each a form of its own, so that none asks for another's fields. */
export function FlowGroupForms({ view }: { view: FlowView }) {
  const groups = [...new Set(view.fields.map(({ group }) => group))];
  return (
    <div className="grid gap-4">
      <FlowMessages messages={view.messages} />
      {groups
        .filter((group) => group !== 'default')
        .map((group) => (
          <FlowGroupForm key={group} view={view} group={group} />
        ))}
    </div>
  );
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

/** As the identity server has them, but what a script answers comes after the form that it fills. */
function inOrder(fields: FlowField[]): FlowField[] {
  const scripted = fields.filter(({ kind }) => kind === 'trigger');
  return [...fields.filter(({ kind }) => kind !== 'trigger'), ...scripted];
}

/** Whether a button is the one that Enter presses: the first of the form. */
function isOnly(fields: FlowField[], field: FlowField): boolean {
  return fields.find(({ kind }) => kind === 'submit') === field;
}

/** The names of the buttons that give up a passkey, an authenticator app or the backup codes. */
const takesAway = /_(remove|unlink|disable)$/;

function Field({ field, only }: { field: FlowField; only: boolean }) {
  switch (field.kind) {
    case 'hidden':
      return <input type="hidden" name={field.name} value={field.value} />;
    case 'submit':
      return (
        <Button
          name={field.name}
          value={field.value}
          variant={takesAway.test(field.name) ? 'danger' : only ? 'primary' : 'secondary'}
          disabled={field.disabled}
          // A passkey's name may be longer than a phone is wide.
          className="py-1 whitespace-normal!"
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
      return (
        <div className="grid gap-1">
          <p className="text-muted">{field.label}</p>
          <code className="font-mono text-sm break-all">{field.value}</code>
        </div>
      );
    case 'codes':
      return <BackupCodes field={field} />;
    case 'trigger':
      return <TriggerButton field={field} />;
    case 'link':
      return (
        <a href={field.value} className="text-accent underline">
          {field.label}
        </a>
      );
    case 'image':
      // A camera needs dark on light, whatever the theme.
      return <img src={field.value} alt={field.label} className="size-48 bg-white p-2" />;
    case 'settled':
      return <SettledValue field={field} />;
    case 'left-out':
      return <p className="text-sm text-pretty text-muted">{field.label}</p>;
    case 'input':
      return <TextInput field={field} />;
  }
}

/** A phone begins with a capital and mends what it takes for a mistake; no code has either. */
const asTyped = { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false };

/** For what the identity server leaves unsaid. */
const autoCompletes: Record<string, string> = {
  identifier: 'username',
  totp_code: 'one-time-code',
  lookup_secret: 'off',
};

function TextInput({ field }: { field: FlowField }) {
  const isCode = codeFields.has(field.name);
  return (
    <TextField
      name={field.name}
      type={field.type}
      label={field.label}
      defaultValue={field.value}
      required={field.required}
      disabled={field.disabled}
      autoComplete={field.autoComplete ?? autoCompletes[field.name]}
      // A code may come with blanks, which are taken out on its way.
      pattern={isCode ? undefined : field.pattern}
      maxLength={isCode ? undefined : field.maxLength}
      {...(isCode && asTyped)}
      inputMode={field.name === 'code' || field.name === 'totp_code' ? 'numeric' : undefined}
      error={field.error}
    />
  );
}
