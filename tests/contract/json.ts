/** JSON of unknown shape, and ways to reach into it. */
export type JsonValue =
  string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** The value at a dotted path such as `ui.messages.0.id`; undefined where the path ends early. */
export function at(value: JsonValue | undefined, path: string): JsonValue | undefined {
  return path.split('.').reduce<JsonValue | undefined>((inner, key) => {
    if (inner === null || typeof inner !== 'object') return undefined;
    return Array.isArray(inner) ? inner[Number(key)] : inner[key];
  }, value);
}

export const textAt = (value: JsonValue | undefined, path: string) => String(at(value, path) ?? '');

export function listAt(value: JsonValue | undefined, path: string): JsonValue[] {
  const found = path === '' ? value : at(value, path);
  return Array.isArray(found) ? found : [];
}

/** The form node of a name that is not a button. */
export const node = (flow: JsonValue, name: string) =>
  listAt(flow, 'ui.nodes').find(
    (one) => at(one, 'attributes.name') === name && at(one, 'attributes.type') !== 'submit',
  );

const basic = ['default', 'password', 'profile', 'code', 'identifier_first'];

/** Names of the nodes, sorted, a name for each; second factors and passkeys have rows of their own. */
export const nodeNames = (flow: JsonValue) =>
  listAt(flow, 'ui.nodes')
    .filter((one) => basic.includes(textAt(one, 'group')))
    .map((one) => textAt(one, 'attributes.name'))
    .sort();

export const csrfOf = (flow: JsonValue) => textAt(node(flow, 'csrf_token'), 'attributes.value');

/** Message ids of the whole form. */
export const messageIds = (flow: JsonValue) =>
  listAt(flow, 'ui.messages').map((message) => at(message, 'id'));

/** Message ids at one field. */
export const nodeMessageIds = (flow: JsonValue, name: string) =>
  listAt(node(flow, name), 'messages').map((message) => at(message, 'id'));
