import { childNames } from './children.ts';
import { textReader, type Row } from './row.ts';
import { type Store } from './store.ts';

const numberOf = textReader('OptyNumber');

/** The segment an OptyNumber takes in a URL; framework 8 and later encode it twice. */
function keySegment(number: string, framework: number): string {
  const once = encodeURIComponent(number);
  return framework >= 8 ? encodeURIComponent(once) : once;
}

/** The OptyNumber a URL segment stands for; null where it is not encoded as it must be. */
export function keyOf(segment: string, framework: number): string | null {
  try {
    const once = decodeURIComponent(segment);
    return framework >= 8 ? decodeURIComponent(once) : once;
  } catch {
    return null;
  }
}

/** What changes whenever the record does; also its ETag. */
export function changeIndicator(store: Store, slot: number): string {
  const version = store.updated[slot]! + store.place(slot).end;
  return `ACED0005737200${store.ids[slot]!.toString(16)}78${Math.floor(version).toString(16)}`.toUpperCase();
}

/** An item's links as one more attribute; framework 9 puts them under `@context`. */
export function linksJson(row: Row, slot: number, base: string, framework: number): string {
  row.slot = slot;
  const href = `${base}/opportunities/${keySegment(numberOf(row) ?? '', framework)}`;
  const indicator = changeIndicator(row.store, slot);
  const item = { href, name: 'opportunities', kind: 'item' };
  const links = [
    { rel: 'self', ...item, properties: { changeIndicator: indicator } },
    { rel: 'canonical', ...item },
    { rel: 'lov', href: `${href}/lov/SalesStageLOV`, name: 'SalesStageLOV', kind: 'collection' },
    ...childNames.map((name) => ({
      rel: 'child',
      href: `${href}/child/${name}`,
      name,
      kind: 'collection',
    })),
  ];
  return framework >= 9
    ? `"@context":${JSON.stringify({ key: numberOf(row), headers: { ETag: indicator }, links })}`
    : `"links":${JSON.stringify(links)}`;
}
