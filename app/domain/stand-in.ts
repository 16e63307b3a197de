/** What no column is read from, and why. Custom attributes, `_c`, are a tenant's own and never among them. */
export const unfitSources: readonly [what: string, name: RegExp][] = [
  ['identifies a record', /(Id|Number)$/],
  ['says who wrote a record', /(By|Login)$/],
  ['is free text', /^Comments$|Description|Text$/],
];

interface Described {
  name: string;
  type: string;
}

const isCustom = (name: string) => name.endsWith('_c');

/** Why an attribute cannot stand in for another, in words that follow its name; null where it can. */
export function whyUnfit({ name, type }: Described): string | null {
  if (isCustom(name)) return null;
  if (type === 'id') return 'identifies a record';
  return unfitSources.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/** What can be read instead of an attribute of a type: the likeliest first, a tenant's own before the rest. */
export function standInsFor<A extends Described>(
  type: string | null,
  described: readonly A[],
): { alike: A[]; other: A[] } {
  const place = ({ name }: Described) => (isCustom(name) ? 0 : 1);
  const fit = described
    .filter((one) => whyUnfit(one) === null)
    .sort((one, two) => place(one) - place(two) || (one.name < two.name ? -1 : 1));
  return {
    alike: fit.filter((one) => one.type === type),
    other: fit.filter((one) => one.type !== type),
  };
}
