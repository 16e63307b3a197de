import { type Attribute, type AttributeType } from './attributes.ts';
import { finders } from './finder.ts';

/** Version segments that answer, latest first. */
const versions = ['11.13.18.05', '11.13.17.11', '11.13.17.08', '11.12.1.0'];

export function isVersion(segment: string): boolean {
  return segment === 'latest' || versions.includes(segment);
}

/** The list of versions, with the framework versions each allows. */
export function versionList(base: string): string {
  const items = versions.map((version, index) => ({
    version,
    ...(index === 0 ? { isLatest: true } : {}),
    'adf:extension': {
      defaultFrameworkVersion: '1',
      allowedFrameworkVersions: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    },
    links: [
      { rel: 'self', href: `${base}/${version}`, name: 'self', kind: 'item' },
      { rel: 'describe', href: `${base}/${version}/describe`, name: 'describe', kind: 'describe' },
    ],
  }));
  return JSON.stringify({
    items,
    links: [{ rel: 'self', href: base, name: 'self', kind: 'collection' }],
  });
}

const wireTypes: Record<AttributeType, string> = {
  id: 'integer',
  integer: 'integer',
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'datetime',
};

function described({ name, type, nullable, updatable, queryable, maxLength }: Attribute) {
  return {
    name,
    type: wireTypes[type],
    updatable,
    mandatory: !nullable && updatable,
    queryable,
    allowChanges: updatable ? 'always' : 'never',
    ...(type === 'id' ? { precision: 18 } : {}),
    ...(maxLength ? { maxLength } : {}),
    title: name.replace(/_c$/, '').replace(/([a-z])([A-Z])/g, '$1 $2'),
  };
}

/** `describe` of the opportunities resource, nested under `Resources.opportunities`. */
export function describeOpportunities(attributes: Attribute[], base: string): string {
  const href = `${base}/opportunities`;
  const link = (rel: string, to: string, kind: string) => ({ rel, href: to, name: rel, kind });
  return JSON.stringify({
    Resources: {
      opportunities: {
        discrColumnType: false,
        title: 'Opportunity',
        titlePlural: 'Opportunities',
        attributes: attributes.map(described),
        collection: {
          rangeSize: 25,
          finders: finders.map(({ name, variables }) => ({
            name,
            attributes: variables.map((variable) => ({
              name: variable,
              type: variable.endsWith('Date')
                ? 'date'
                : variable === 'OptyId'
                  ? 'integer'
                  : 'string',
              required: 'false',
            })),
          })),
          links: [link('self', href, 'collection')],
          actions: [{ name: 'get', method: 'GET', responseType: ['application/json'] }],
        },
        item: {
          links: [link('self', `${href}/{id}`, 'item')],
          actions: [
            { name: 'get', method: 'GET' },
            { name: 'update', method: 'PATCH' },
            { name: 'delete', method: 'DELETE' },
          ],
        },
        children: {
          ChildRevenue: { $ref: `${href}/{id}/child/ChildRevenue/describe` },
          OpportunityResource: { $ref: `${href}/{id}/child/OpportunityResource/describe` },
        },
        links: [link('self', `${href}/describe`, 'describe')],
      },
    },
  });
}

/** The catalogue of a version: only this resource is simulated. */
export function describeVersion(base: string): string {
  return JSON.stringify({
    Resources: {
      opportunities: {
        discrColumnType: false,
        title: 'Opportunity',
        links: [
          {
            rel: 'describe',
            href: `${base}/opportunities/describe`,
            name: 'describe',
            kind: 'describe',
          },
        ],
      },
    },
  });
}

/** The status codes of the default business unit. */
export const statusList = JSON.stringify({
  items: [
    ['OPEN', 'Open'],
    ['WON', 'Won'],
    ['LOST', 'Lost'],
    ['NO_SALE', 'No Sale'],
  ].map(([LookupCode, Meaning]) => ({ LookupCode, Meaning })),
  count: 4,
  hasMore: false,
  limit: 25,
  offset: 0,
  links: [],
});
