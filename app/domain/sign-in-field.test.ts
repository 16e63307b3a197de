import { describe, expect, it } from 'vitest';
import { flowSchema, viewFlow } from './sign-in-flow.ts';
import { saveLabel } from './sign-in-words.ts';

const message = (text: string, id = 4999999) => ({ id, text, type: 'info' });

interface Sent {
  type?: string;
  group?: string;
  attributes: object;
  label?: object;
}

/** A flow of one node as it is shown; `seen` knows the identity server at https://ory.test. */
function shown({ type = 'input', group = 'default', attributes, label }: Sent) {
  const node = { type, group, attributes: { node_type: type, ...attributes }, messages: [] };
  const nodes = [{ ...node, meta: label ? { label } : {} }];
  const flow = flowSchema.parse({ id: '1', state: 'x', ui: { action: '/go', nodes } });
  const { fields, script } = viewFlow(flow, (url) =>
    url.startsWith('https://ory.test/') ? url.replace('https://ory.test', '/.ory') : null,
  );
  const [field] = fields;
  return { field, script, brief: field ? [field.kind, field.type, field.value] : null };
}

const pressed = message('Sign in with Google', 1010002);

describe('a node of the identity server', () => {
  it.each<[string, Sent, [string, string, string] | null]>([
    ['a text', { attributes: { type: 'text', name: 'a', value: 'x' } }, ['input', 'text', 'x']],
    ['no type', { attributes: { name: 'a', value: 'x' } }, ['input', 'text', 'x']],
    ['a password', { attributes: { type: 'password', name: 'a' } }, ['input', 'password', '']],
    [
      'a password whose field was lost',
      { attributes: { type: 'text', name: 'password' } },
      ['input', 'password', ''],
    ],
    ['an address', { attributes: { type: 'email', name: 'a' } }, ['input', 'email', '']],
    [
      'a telephone',
      { attributes: { type: 'tel', name: 'a', value: '+1' } },
      ['input', 'tel', '+1'],
    ],
    ['a URL', { attributes: { type: 'url', name: 'a' } }, ['input', 'url', '']],
    ['a number', { attributes: { type: 'number', name: 'a', value: 7 } }, ['input', 'number', '7']],
    [
      'a date',
      { attributes: { type: 'date', name: 'a', value: '2026-01-02' } },
      ['input', 'date', '2026-01-02'],
    ],
    [
      'a moment',
      { attributes: { type: 'datetime-local', name: 'a', value: '2026-01-02T03:04' } },
      ['input', 'datetime-local', '2026-01-02T03:04'],
    ],
    [
      'a ticked box',
      { attributes: { type: 'checkbox', name: 'a', value: true } },
      ['checkbox', 'checkbox', 'true'],
    ],
    [
      'a hidden value',
      { attributes: { type: 'hidden', name: 'a', value: 'x' } },
      ['hidden', 'hidden', 'x'],
    ],
    [
      'no value',
      { attributes: { type: 'hidden', name: 'a', value: null } },
      ['hidden', 'hidden', ''],
    ],
    [
      'a value of many parts',
      { attributes: { type: 'text', name: 'a', value: { b: 1 } } },
      ['input', 'text', ''],
    ],
    [
      'who somebody said they are',
      {
        group: 'identifier_first',
        attributes: { type: 'hidden', name: 'identifier', value: 'a@b' },
      },
      ['settled', 'hidden', 'a@b'],
    ],
    [
      'who nobody said they are',
      { attributes: { type: 'hidden', name: 'identifier', value: '' } },
      ['hidden', 'hidden', ''],
    ],
    [
      'a button of the form',
      { attributes: { type: 'submit', name: 'method', value: 'password' } },
      ['submit', 'submit', 'password'],
    ],
    [
      'a button of the script',
      {
        group: 'webauthn',
        attributes: { type: 'button', name: 'a', onclickTrigger: 'oryWebAuthnLogin' },
      },
      ['trigger', 'button', ''],
    ],
    [
      'an account elsewhere, taken away',
      { group: 'oidc', attributes: { type: 'submit', name: 'unlink', value: 'google' } },
      ['submit', 'submit', 'google'],
    ],
    [
      'a secret to be read',
      { type: 'text', group: 'totp', attributes: { text: message('ABC') } },
      ['text', 'text', 'ABC'],
    ],
    [
      'a picture of its own',
      { type: 'img', attributes: { src: 'data:image/png;base64,AA' } },
      ['image', 'text', 'data:image/png;base64,AA'],
    ],
    [
      'a picture of the identity server',
      { type: 'img', attributes: { src: 'https://ory.test/sessions/x' } },
      ['image', 'text', '/.ory/sessions/x'],
    ],
    [
      'a link of the identity server',
      { type: 'a', attributes: { href: 'https://ory.test/self-service/x', title: message('On') } },
      ['link', 'text', '/.ory/self-service/x'],
    ],
    [
      'a link elsewhere',
      { type: 'a', attributes: { href: 'https://terms.example.test/', title: message('Terms') } },
      ['link', 'text', 'https://terms.example.test/'],
    ],
    ['a bare box', { type: 'div', attributes: { id: 'x' } }, null],
    ['a script', { type: 'script', attributes: { src: 'https://ory.test/x.js' } }, null],
  ])('that is %s', (_what, node, expected) => {
    expect(shown(node).brief).toEqual(expected);
  });

  it.each<[string, Sent, RegExp]>([
    ['an input of a type to come', { attributes: { type: 'color', name: 'a' } }, /^A part of this/],
    [
      'a file',
      { attributes: { type: 'file', name: 'a' }, label: message('Photo') },
      /“Photo” is not/,
    ],
    [
      'a button that calls what is not of the script',
      { attributes: { type: 'button', name: 'a', onclickTrigger: 'alert' }, label: message('Key') },
      /“Key” is not/,
    ],
    [
      'a button of an older script',
      { group: 'webauthn', attributes: { type: 'button', onclick: 'x()' }, label: message('Key') },
      /“Key” is not/,
    ],
    [
      'signing in elsewhere',
      {
        group: 'oidc',
        attributes: { type: 'submit', name: 'provider', value: 'g' },
        label: pressed,
      },
      /“Sign in with Google” is not available in BQS/,
    ],
    [
      'signing in by SAML',
      { group: 'saml', attributes: { type: 'submit', name: 'provider' }, label: message('SSO') },
      /“SSO” is not/,
    ],
    [
      'the field of a captcha',
      { group: 'captcha', attributes: { type: 'hidden', name: 'captcha_turnstile_response' } },
      /captcha here, which BQS cannot show/,
    ],
    ['the box of a captcha', { type: 'div', group: 'captcha', attributes: {} }, /captcha here/],
    [
      'a script in a link',
      { type: 'a', attributes: { href: 'javascript:alert(1)', title: message('On') } },
      /“On” is not/,
    ],
    ['a link to nowhere', { type: 'a', attributes: {} }, /^A part of this/],
    [
      'a picture from elsewhere',
      { type: 'img', attributes: { src: 'https://evil.test/x' } },
      /^A part/,
    ],
    ['a page in a picture', { type: 'img', attributes: { src: 'data:text/html,x' } }, /^A part/],
    ['a type to come', { type: 'video', attributes: { src: 'https://ory.test/x' } }, /^A part/],
  ])('that is %s is left out, in words', (_what, node, words) => {
    const { field } = shown(node);
    expect(field?.kind).toBe('left-out');
    expect(field?.label).toMatch(words);
  });

  it('brings the identity server’s own script, at its address under BQS, and no other', () => {
    const script = (src: string) =>
      shown({ type: 'script', attributes: { src, integrity: 'sha512-x' } }).script;
    expect(script('https://ory.test/.well-known/ory/webauthn.js')).toEqual({
      src: '/.ory/.well-known/ory/webauthn.js',
      integrity: 'sha512-x',
    });
    expect(script('https://evil.test/.well-known/ory/webauthn.js')?.src).toMatch(/^\/\.ory\//);
    expect(script('https://evil.test/api.js')).toBeNull();
  });

  it('calls a field by our name, the identity server’s, or the name it has', () => {
    const label = (attributes: object, words?: object) =>
      shown({ attributes: { type: 'text', ...attributes }, label: words }).field?.label;
    expect(label({ name: 'traits.email' }, message('Mail'))).toBe('E-mail address');
    expect(label({ name: 'traits.site' }, message('Site'))).toBe('Site');
    expect(label({ name: 'traits.site', label: message('Place') })).toBe('Place');
    expect(label({ name: 'traits.home_office' })).toBe('Home office');
  });

  it('asks the first of two steps of registering to go on', () => {
    const attributes = { type: 'submit', name: 'method', value: 'profile' };
    const label = message('Sign up', 1040001);
    expect(shown({ group: 'profile', attributes, label }).field?.label).toBe('Continue');
    expect(shown({ group: 'password', attributes, label }).field?.label).toBe('Create account');
  });

  it('says of each form of the settings what it saves', () => {
    const attributes = { type: 'submit', name: 'method', value: 'x' };
    const label = message('Save', saveLabel);
    const said = (group: string) => shown({ group, attributes, label }).field?.label;
    expect(['profile', 'password', 'totp', 'other'].map(said)).toEqual([
      ...[
        'Save name and address',
        'Save the new password',
        'Turn on the authenticator app',
        'Save',
      ],
    ]);
  });

  it('says once of all nodes of a captcha that it cannot be shown', () => {
    const node = (type: string) => ({ type, group: 'captcha', attributes: {}, messages: [] });
    const nodes = [node('input'), node('div'), node('script')];
    const flow = flowSchema.parse({ id: '1', state: 'x', ui: { action: '/go', nodes } });
    expect(viewFlow(flow, () => null).fields).toHaveLength(1);
  });
});
