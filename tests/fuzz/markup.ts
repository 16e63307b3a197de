/** What a page's markup is made of, as far as a browser would take it for elements. */
export interface Tag {
  name: string;
  closing: boolean;
  attributes: Map<string, string>;
  /** Where its text begins. */
  end: number;
}

const opening = /<(\/?)([a-zA-Z][^\s/>]*)/g;
const attribute = /\s*\/?([^\s>/=][^\s>/=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/y;
/** Elements whose text is no markup, up to their own end. */
const raw = new Set(['script', 'style', 'textarea', 'title']);

/** Reads tags and attributes as a browser does; comments are passed over. */
export function tagsOf(html: string): Tag[] {
  const text = html.replace(/<!--[\s\S]*?-->/g, (comment) => ' '.repeat(comment.length));
  const tags: Tag[] = [];
  opening.lastIndex = 0;
  let match: RegExpExecArray | null;
  while ((match = opening.exec(text))) {
    const [, slash = '', name = ''] = match;
    const { attributes, end } = attributesFrom(text, opening.lastIndex);
    tags.push({ name: name.toLowerCase(), closing: slash === '/', attributes, end });
    opening.lastIndex = end;
    if (slash || !raw.has(name.toLowerCase())) continue;
    const close = text.toLowerCase().indexOf(`</${name.toLowerCase()}`, end);
    opening.lastIndex = close < 0 ? text.length : close;
  }
  return tags;
}

function attributesFrom(text: string, from: number) {
  const attributes = new Map<string, string>();
  let at = from;
  for (;;) {
    attribute.lastIndex = at;
    const match = attribute.exec(text);
    if (!match) break;
    const [, name = '', double, single, bare] = match;
    attributes.set(name.toLowerCase(), decoded(double ?? single ?? bare ?? ''));
    at = attribute.lastIndex;
  }
  const close = text.indexOf('>', at);
  return { attributes, end: close < 0 ? text.length : close + 1 };
}

export interface Form {
  action: string;
  method: string;
  fields: [name: string, value: string][];
  /** Each button by itself: a browser sends the one that was pressed. */
  buttons: [name: string, value: string][];
}

/** The forms of a page with what a browser would send if nobody touched them. */
export function formsOf(html: string, page: string): Form[] {
  const tags = tagsOf(html);
  const forms: Form[] = [];
  const byId = new Map<string, Form>();
  let open: Form | undefined;
  let select: { name: string; form: Form | undefined } | undefined;
  tags.forEach((tag) => {
    const { name, closing, attributes } = tag;
    const get = (key: string) => attributes.get(key) ?? '';
    if (name === 'form' && closing) open = undefined;
    const form = attributes.has('form') ? byId.get(get('form')) : open;
    if (name === 'select') select = closing ? undefined : { name: get('name'), form };
    if (closing) return;
    if (name === 'form') {
      open = {
        action: get('action') || page,
        method: get('method').toUpperCase() || 'GET',
        fields: [],
        buttons: [],
      };
      forms.push(open);
      if (get('id')) byId.set(get('id'), open);
      return;
    }
    if (name === 'option') select?.form?.fields.push([select.name, get('value')]);
    if (!form) return;
    if (!get('name')) return;
    if (name === 'button') form.buttons.push([get('name'), get('value')]);
    if (name === 'input') form.fields.push([get('name'), get('value')]);
    if (name === 'textarea') {
      const end = html.indexOf('</textarea', tag.end);
      form.fields.push([get('name'), decoded(html.slice(tag.end, end))]);
    }
  });
  return forms;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return entities[String(name)] ?? whole;
    return String.fromCodePoint(parseInt(String(hex ?? decimal), hex ? 16 : 10));
  });
}
