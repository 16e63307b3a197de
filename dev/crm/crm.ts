import { type Attribute } from './attributes.ts';
import { type Gate } from './auth.ts';
import { type Dataset } from './dataset.ts';
import { badRequest } from './errors.ts';
import { type Fault, type FaultKind, type Faults } from './faults.ts';
import { type Catalogue } from './predicate.ts';

/** What the rooms of the simulator share. */
export interface Crm {
  dataset: Dataset;
  faults: Faults;
  gate: Gate;
  attributes: Attribute[];
  /** The most rows a page holds, whatever is asked for. */
  pageCap: number;
  /** `ownOpenPeriod`: without a finder only the caller's open deals of the period are answered. */
  bareGetScope: 'visible' | 'ownOpenPeriod';
  /** The last row of the page before, for pages that repeat it. */
  lastServed: number | null;
  /** The whole of the page before, for a cache that answers it again. */
  lastPage: Buffer | null;
}

/** One request, understood as far as every resource needs it. */
export interface CrmRequest {
  method: string;
  /** Decoded query parameters. */
  query: URLSearchParams;
  path: string;
  framework: number;
  /** `http://host:port/crmRestApi/resources/{version}`. */
  base: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  faults: readonly Fault[];
}

export function faultOf(request: CrmRequest, kind: FaultKind): Fault | undefined {
  return request.faults.find((fault) => fault.kind === kind);
}

/** What the faults of a request make the CRM forget. */
export function missingAttributes({ faults }: CrmRequest): string[] {
  return faults.flatMap(({ kind, attribute = '' }) =>
    kind === 'missing-attribute' ? [attribute] : [],
  );
}

/** The attributes this request may name, by name. */
export function catalogueOf(crm: Crm, request: CrmRequest): Catalogue {
  const missing = missingAttributes(request);
  const known = crm.attributes.filter(({ name }) => !missing.includes(name));
  return new Map(known.map((attribute) => [attribute.name, attribute]));
}

/** The attributes as `describe` lists them. */
export function describedAttributes(crm: Crm, request: CrmRequest): Attribute[] {
  const retyped = faultOf(request, 'retyped-attribute')?.attribute;
  const added = faultOf(request, 'new-attribute')?.attribute;
  const known = [...catalogueOf(crm, request).values()].map((attribute): Attribute =>
    attribute.name === retyped ? { ...attribute, type: 'boolean' } : attribute,
  );
  if (!added) return known;
  const fresh = { nullable: true, updatable: true, queryable: true } as const;
  return [...known, { name: added, type: 'string', ...fresh }];
}

/** REST-Framework-Version, 1 where it is absent. Throws a 400 outside 1 to 9. */
export function frameworkOf(header: string | string[] | undefined): number {
  if (header === undefined || header === '') return 1;
  if (!/^[1-9]$/.test(String(header)))
    throw badRequest(`REST-Framework-Version ${header} is unknown.`);
  return Number(header);
}
