import { mappedFields } from '#app/domain/crm-fields.ts';
import { listed } from '#app/domain/listed.ts';
import type { OracleConfig } from './config.ts';
import type { Description } from './description.ts';
import type { Finding } from './probe-findings.ts';

/** What a sync filters by, and whether it can do without. */
const filters: { name: string; blocks: boolean; use: string }[] = [
  { name: 'OptyId', blocks: true, use: 'every page is asked for by it' },
  { name: 'LastUpdateDate', blocks: true, use: 'the watermark; an incremental sync filters by it' },
  { name: 'OptyLastUpdateDate', blocks: false, use: 'a second stamp, read where it is there' },
  { name: 'StatusCode', blocks: false, use: 'this probe counts by it; the sync does not' },
];

/** Words by which a tenant may have named the fields it names itself. */
const likely: Record<string, RegExp> = {
  practice: /practice|service.?line|business.?unit|delivery/i,
  geo: /geo/i,
  region: /region|territory/i,
  sector: /sector|industry|vertical/i,
};

/** What the description says of what we map, filter by, and could set up. */
export function judgeDescription(
  { attributes, finders }: Description,
  config: Pick<OracleConfig, 'fields'>,
): Finding[] {
  const names = new Set(attributes.map(({ name }) => name));
  return [
    { level: 'good', words: `${attributes.length} attributes are described.`, sure: 'sure' },
    ...filters.map((filter) => filterFinding(filter, attributes)),
    ...mappedFields(config.fields).flatMap((field) => fieldFinding(field, names)),
    {
      level: 'note',
      words: `Finders: ${finders.map(({ name, variables }) => `${name} (${variables.join(', ')})`).join('; ') || 'none'}.`,
      sure: 'sure',
    },
  ];
}

function filterFinding(
  { name, blocks, use }: (typeof filters)[number],
  attributes: Description['attributes'],
): Finding {
  const found = attributes.find((attribute) => attribute.name === name);
  if (found?.queryable)
    return { level: 'good', words: `${name} can be filtered by.`, sure: 'sure' };
  const state = found ? 'cannot be filtered by' : 'is not described';
  const words = `${name} ${state}: ${use}.`;
  return { level: blocks ? 'bad' : 'note', words, sure: 'sure', blocks };
}

type Field = ReturnType<typeof mappedFields>[number];

function fieldFinding(field: Field, names: Set<string>): Finding[] {
  if (field.attributes.some((name) => names.has(name))) return [];
  if (!field.setting) {
    const words = `${field.attributes.join(' and ')} is not described: it feeds ${field.feeds}.`;
    return [{ level: 'warning', words, sure: 'sure' }];
  }
  const set = field.attributes[0];
  const pattern = likely[field.column];
  const candidates = [...names].filter((name) => name.endsWith('_c') && pattern?.test(name));
  const lacks = set && `${set} is not described: ${field.setting} must name another field.`;
  const state = set
    ? `${set} (${field.name}) is not described`
    : `No field is set up as ${field.name}`;
  if (candidates.length === 0) {
    const words = `${state}; the column stays empty. No custom field looks like it.`;
    return [{ level: set ? 'warning' : 'note', words, sure: 'sure', lacks }];
  }
  const settings = candidates.length === 1 ? { [field.setting]: candidates[0]! } : undefined;
  const words = `${state}. It may be ${listed(candidates)}.`;
  const open = settings ? undefined : lacks;
  return [{ level: set ? 'warning' : 'note', words, sure: 'not known', settings, lacks: open }];
}
