import { badRequest } from './errors.ts';
import { stringifyExact, type CrmRecord, type CrmValue } from './record.ts';

export const childNames = ['ChildRevenue', 'OpportunityResource'] as const;
export type ChildName = (typeof childNames)[number];

/** Which children an answer carries, each with its attributes; null stands for all of them. */
export type Children = Map<ChildName, string[] | null>;

/** Reads `expand`: `all` or names, comma-separated. Throws a 400 on an unknown child. */
export function parseExpand(source: string): Children {
  const names = source === 'all' ? childNames : source.split(',').filter((name) => name !== '');
  return new Map(names.map((name) => [childName(name), null]));
}

export function childName(name: string): ChildName {
  const known = childNames.find((each) => each === name);
  if (!known) throw badRequest(`${name} is no child of opportunities.`);
  return known;
}

/** Children as attributes of their parent: an array up to framework 2, a collection of its own later. */
export function childrenJson(parent: CrmRecord, children: Children, framework: number): string {
  return [...children]
    .map(([name, fields]) => {
      const items = childItems(parent, name).map((item) =>
        stringifyExact(only(item, fields), framework),
      );
      return `"${name}":${framework < 3 ? `[${items.join(',')}]` : childCollection(items)}`;
    })
    .join(',');
}

export function childCollection(items: string[]): string {
  return `{"items":[${items.join(',')}],"count":${items.length},"hasMore":false,"limit":25,"offset":0,"links":[]}`;
}

function only(item: CrmRecord, fields: string[] | null): CrmRecord {
  if (!fields) return item;
  for (const field of fields) {
    if (!(field in item)) throw badRequest(`JBO-25058: ${field} is no attribute of this child.`);
  }
  return Object.fromEntries(Object.entries(item).filter(([name]) => fields.includes(name)));
}

/** The rows of one child, derived from their parent. */
export function childItems(parent: CrmRecord, name: ChildName): CrmRecord[] {
  return name === 'ChildRevenue' ? [revenueLine(parent)] : [teamMember(parent)];
}

function key({ OptyId, OptyNumber }: CrmRecord): Record<string, CrmValue> {
  return { OptyId: OptyId ?? null, OptyNumber: OptyNumber ?? null };
}

function revenueLine(parent: CrmRecord): CrmRecord {
  return {
    RevnId: parent.PrimaryRevenueId ?? null,
    RevnNumber: `R-${parent.OptyNumber}`,
    ...key(parent),
    ProdGroupId: null,
    ProdGroupName: parent.Practice_c ?? null,
    Quantity: 1,
    UnitPrice: parent.Revenue ?? null,
    RevnAmount: parent.Revenue ?? null,
    RevnAmountCurcyCode: parent.CurrencyCode ?? null,
    StatusCode: parent.StatusCode ?? null,
    WinProb: parent.WinProb ?? null,
    EffectiveDate: parent.EffectiveDate ?? null,
    RevnCreationDate: parent.CreationDate ?? null,
    RevnLastUpdateDate: parent.LastUpdateDate ?? null,
  };
}

function teamMember(parent: CrmRecord): CrmRecord {
  return {
    OptyResourceId: typeof parent.OptyId === 'bigint' ? parent.OptyId + 2n : null,
    OptyResourceNumber: `T-${parent.OptyNumber}`,
    ...key(parent),
    ResourceId: parent.OwnerResourcePartyId ?? null,
    PartyName: parent.PartyName1 ?? null,
    EmailAddress: parent.EmailAddress ?? null,
    AccessLevelCode: '300',
    MemberFunctionCode: 'INTEGRATION',
    LockAssignmentFlag: false,
    OwnerFlag: true,
  };
}
