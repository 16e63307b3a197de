import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { flowSchema, viewFlow } from '#app/domain/sign-in-flow.ts';
import { FlowForm, FlowGroupForms } from './flow-form.tsx';

const said = (text: string, type = 'info') => ({ id: 4999999, text, type });
const secrets = [
  { ...said('abc1'), id: 1050009 },
  { ...said('gone'), id: 1050014 },
];

interface Sent {
  type?: string;
  group?: string;
  attributes: object;
  messages?: object[];
}

function html(nodes: Sent[], form: typeof FlowForm = FlowForm): string {
  const whole = nodes.map(({ type = 'input', group = 'default', attributes, messages = [] }) => ({
    type,
    group,
    attributes,
    messages,
    meta: { label: said('Its <b>label</b>') },
  }));
  const flow = flowSchema.parse({ id: '1', state: 'x', ui: { action: '/go', nodes: whole } });
  return renderToStaticMarkup(createElement(form, { view: viewFlow(flow, () => null) }));
}

describe('a form of the identity server on the page', () => {
  it.each<[string, Sent, RegExp]>([
    ...['text', 'password', 'email', 'tel', 'url', 'number', 'date', 'datetime-local'].map(
      (type): [string, Sent, RegExp] => [
        `an input of the type ${type}`,
        { attributes: { name: 'a', type, required: true, disabled: true } },
        new RegExp(`<label[^>]*>Its &lt;b.*<input type="${type}" name="a" required="" disabled=""`),
      ],
    ),
    [
      'a hidden input',
      { attributes: { name: 'a', type: 'hidden', value: '"x"' } },
      /<input type="hidden" name="a" value="&quot;x&quot;"/,
    ],
    [
      'an address that stands fast',
      { attributes: { name: 'identifier', type: 'hidden', value: 'a@b' } },
      /<label[^>]*>E-mail address<.*name="identifier" readOnly="" [^>]*value="a@b"/i,
    ],
    [
      'a checkbox',
      { attributes: { name: 'a', type: 'checkbox', value: true } },
      /<input(?=[^>]*type="checkbox")(?=[^>]*checked="")[^>]*name="a"/,
    ],
    [
      'a button',
      { attributes: { name: 'method', type: 'submit', value: 'password' } },
      /<button[^>]*name="method" value="password"/,
    ],
    [
      'a text',
      { type: 'text', attributes: { text: said('<ABC>') } },
      /<code[^>]*>&lt;ABC&gt;<\/code>/,
    ],
    [
      'a list of codes',
      { type: 'text', attributes: { text: { ...said('x'), context: { secrets } } } },
      /<li>abc1<\/li><li[^>]*>used<\/li>/,
    ],
    [
      'a picture',
      { type: 'img', attributes: { src: 'data:image/png;base64,AA' } },
      /<img src="data:image\/png;base64,AA" alt="Its &lt;b/,
    ],
    [
      'a link',
      { type: 'a', attributes: { href: 'https://terms.example.test/' } },
      /<a href="https:\/\/terms.example.test\/"/,
    ],
    [
      'the script',
      { type: 'script', attributes: { src: 'https://ory.test/.well-known/ory/webauthn.js' } },
      /<script src="\/\.ory\/\.well-known\/ory\/webauthn.js"/,
    ],
    [
      'a mistake beside its field',
      { attributes: { name: 'a', type: 'text' }, messages: [said('Wrong', 'error')] },
      /aria-invalid="true"[^>]*aria-describedby="([^"]+)".*id="\1" role="alert"[^>]*>Wrong/,
    ],
    [
      'a mistake of what is not shown',
      { attributes: { name: 'a', type: 'hidden' }, messages: [said('Wrong', 'error')] },
      /role="alert"[^]*Wrong[^]*<form/,
    ],
    ['an unknown input', { attributes: { name: 'a', type: 'color' } }, /<p[^>]*>“Its &lt;b.* not/],
    ['an unknown node', { type: 'video', attributes: {} }, /<p[^>]*>“Its &lt;b.* is not available/],
    ['a captcha', { type: 'div', group: 'captcha', attributes: {} }, /asks for a captcha/],
  ])('shows %s', (_what, node, expected) => {
    expect(html([node])).toMatch(expected);
  });

  it('leaves a button of the script out until there are scripts', () => {
    const attributes = { type: 'button', name: 'a', onclickTrigger: 'oryWebAuthnLogin' };
    expect(html([{ group: 'webauthn', attributes }])).not.toContain('<button');
  });

  it('has Enter press the first button, and lets the others skip its fields', () => {
    const button = (name: string) => ({ attributes: { name, type: 'submit', value: 'x' } });
    const [first, second] = html([button('a'), button('b')]).match(/<button[^>]*>/g) ?? [];
    expect(first).not.toMatch(/formnovalidate/i);
    expect(second).toMatch(/formnovalidate/i);
  });

  it('makes a form of each way where there are several', () => {
    const field = (group: string) => ({ group, attributes: { name: group, type: 'text' } });
    const token = { attributes: { name: 'csrf_token', type: 'hidden', value: 'x' } };
    const forms = html([token, field('totp'), field('lookup_secret')], FlowGroupForms);
    expect(forms.match(/<form/g)).toHaveLength(2);
    expect(forms.match(/name="csrf_token"/g)).toHaveLength(2);
  });
});
