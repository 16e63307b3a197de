import type { Exchange } from '../http.ts';
import { adminPath } from './paths.ts';

const usual = 250;
const most = 500;

export interface Page<Row> {
  rows: Row[];
  /** The Link header: the first page, and the next one where there is one. */
  link: string;
}

/** One page of rows ordered by a key that never changes; the token is the last key seen. */
export function pageOf<Row>(
  exchange: Exchange,
  rows: Row[],
  keyOf: (row: Row) => string,
): Page<Row> {
  const wanted = Number(exchange.query('page_size') ?? exchange.query('per_page'));
  const size = wanted >= 1 ? Math.min(Math.floor(wanted), most) : usual;
  const token = exchange.query('page_token');
  const after = token ? Buffer.from(token, 'base64url').toString('utf8') : '';
  const rest = rows
    .filter((row) => keyOf(row) > after)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const links = [linkTo(exchange, size, '', 'first')];
  if (last && rest.length > size) links.push(linkTo(exchange, size, keyOf(last), 'next'));
  return { rows: page, link: links.join(',') };
}

function linkTo({ url }: Exchange, size: number, key: string, rel: string): string {
  const query = new URLSearchParams(url.searchParams);
  query.set('page_size', String(size));
  query.set('page_token', Buffer.from(key || '\0').toString('base64url'));
  return `<${adminPath(url.pathname)}?${query.toString()}>; rel="${rel}"`;
}
