import { describe, expect, it } from 'vitest';
import { flowSchema, viewFlow } from './sign-in-flow.ts';

const input = (attributes: object, rest: object = {}) => ({
  type: 'input',
  group: 'default',
  attributes: { node_type: 'input', disabled: false, ...attributes },
  messages: [],
  meta: {},
  ...rest,
});
/** As seen by a browser: what is of the identity server is under BQS, the rest is outside. */
const seen = (url: string) => (url.startsWith('https://ory.test/') ? url.slice(16) : null);
const view = (nodes: object[], messages: object[] = []) =>
  viewFlow(flowSchema.parse({ id: '1', state: 'x', ui: { action: '/go', nodes, messages } }), seen);

describe('a form of the identity server', () => {
  it('shows backup codes one by one, a used one as used', () => {
    const secret = (id: number, text: string) => ({ id, text, type: 'info' });
    const list = {
      id: 1050015,
      text: 'a, b',
      type: 'info',
      context: { secrets: [secret(1050009, 'a'), secret(1050014, 'Secret was used at …')] },
    };
    const { fields } = view([
      { ...input({ text: list, id: 'lookup_secret_codes' }), type: 'text' },
    ]);
    expect(fields[0]).toMatchObject({
      kind: 'codes',
      codes: [
        { text: 'a', used: false },
        { text: 'used', used: true },
      ],
    });
  });

  it('says in our words what is wrong, next to the field and above the form', () => {
    const missing = { id: 4000002, text: 'Property email is missing.', type: 'error' };
    const short = { id: 4000032, text: '…', type: 'error', context: { min_length: 8 } };
    const { fields, messages } = view(
      [
        input({ name: 'traits.email', type: 'email' }, { messages: [missing] }),
        input({ name: 'password', type: 'password' }, { messages: [short] }),
      ],
      [{ id: 4000006, text: 'The provided credentials are invalid.', type: 'error' }],
    );
    expect(fields.map(({ error }) => error)).toEqual([
      'Please fill this in.',
      'Use at least 8 characters.',
    ]);
    expect(messages).toEqual([
      { text: 'This e-mail address and password do not belong together.', tone: 'bad' },
    ]);
  });

  it('falls back to the words of the identity server where we have none', () => {
    const unheard = { id: 4999999, text: 'A new kind of trouble.', type: 'error' };
    expect(view([], [unheard]).messages[0]?.text).toBe('A new kind of trouble.');
  });

  it('tells passkeys apart by their day, and by what keeps them where that is known', () => {
    const label = (context: object) => ({ id: 1050020, text: '…', type: 'info', context });
    const remove = { name: 'passkey_remove', type: 'submit', value: 'a1' };
    const { fields } = view([
      input(remove, { meta: { label: label({ display_name: 'unnamed', added_at_unix: 0 }) } }),
      input(remove, { meta: { label: label({ display_name: 'A phone', added_at_unix: 0 }) } }),
      input(remove, { meta: { label: label({}) } }),
    ]);
    expect(fields.map(({ label: text }) => text)).toEqual([
      'Remove the passkey added on 1 Jan 1970',
      'Remove the passkey added on 1 Jan 1970 (A phone)',
      'Remove the passkey',
    ]);
  });

  it('says the same of an unknown account as of a wrong password', () => {
    const texts = [4000006, 4000037].map(
      (id) => view([], [{ id, text: String(id), type: 'error' }]).messages[0]?.text,
    );
    expect(new Set(texts).size).toBe(1);
  });

  it('says above the form what is wrong with what it does not show', () => {
    const gone = { id: 4999999, text: 'This is not right.', type: 'error' };
    const { messages } = view([
      input({ name: 'screen', type: 'hidden', value: 'x' }, { messages: [gone] }),
      input({ name: 'traits.email', type: 'email' }, { messages: [gone] }),
    ]);
    expect(messages).toEqual([{ text: 'This is not right.', tone: 'bad' }]);
  });
});
