export type AttributeType =
  'id' | 'integer' | 'number' | 'string' | 'boolean' | 'date' | 'timestamp';

export interface Attribute {
  name: string;
  type: AttributeType;
  nullable: boolean;
  updatable: boolean;
  queryable: boolean;
  maxLength?: number;
}

// Flags after the type: `!` never null, `w` may be written, `x` cannot be filtered on.
const catalogue = `
OptyId id ! | OptyNumber string 30 !w | Name string 275 !w | Description string 2000 w | Comments string 2000 wx
TargetPartyId id w | TargetPartyName string 360 | CustomerAccountId id | SalesAccountId id | SalesAccountUniqueName string 900
KeyContactId id w | PrimaryContactPartyName string 360 | PrimaryContactEmailAddress string 320 x
OwnerResourcePartyId id !w | OwnerPartyNumber string 30 | PartyName1 string 360 | EmailAddress string 320
CurrencyCode string 15 !w | Revenue number w | UpsideAmount number w | DownsideAmount number w | ExpectAmount number
WinProb integer w | RcmndWinProb number | SalesMethodId id w | SalesMethod string 80
SalesStageId id w | SalesStage string 80 | StgOrder number | PhaseCd string 30 | StageStatusCd string 30 | QuotaFactor number
AverageDaysAtStage integer | MaximumDaysInStage integer | DescriptionText string 1000 x
StatusCode string 30 w | ReasonWonLostCode string 30 w | EffectiveDate date w
CreationDate timestamp ! | CreatedBy string 64 ! | LastUpdateDate timestamp ! | LastUpdatedBy string 64 ! | LastUpdateLogin string 32
OptyCreationDate timestamp | OptyLastUpdateDate timestamp
PrimaryOrganizationId id !w | PrimaryRevenueId id | PrimaryCompetitorId id w | PrimaryPartnerId id | PrSrcNumber string 50 w
SalesChannelCd string 30 w | LineOfBusinessCode string 30 w | ForecastOverrideCode string 30
DecisionLevelCode string 30 w | RiskLevelCode string 30 w | StrategicLevelCode string 30 w
BudgetedFlag boolean !w | ChampionFlag boolean !w | BudgetAvailableDate date w | BdgtAmount number w
UpdateFlag boolean !x | DeleteFlag boolean !x
Practice_c string 80 w | GEO_c string 80 w | Region_c string 80 w | Sector_c string 80 w
`;

/** The attributes `describe` lists, in the order records carry them. */
export function attributes(customFields: boolean): Attribute[] {
  return catalogue
    .trim()
    .split(/\s*[|\n]\s*/)
    .map(readAttribute)
    .filter(({ name }) => customFields || !name.endsWith('_c'));
}

function readAttribute(line: string): Attribute {
  const [name, type, ...rest] = line.split(' ');
  const flags = rest.filter((part) => !/^\d+$/.test(part)).join('');
  const length = rest.find((part) => /^\d+$/.test(part));
  return {
    name: name!,
    type: type as AttributeType,
    nullable: !flags.includes('!'),
    updatable: flags.includes('w'),
    queryable: !flags.includes('x'),
    ...(length ? { maxLength: Number(length) } : {}),
  };
}

const types = new Map(attributes(true).map((attribute) => [attribute.name, attribute.type]));

/** The type of an attribute this simulator knows, or undefined. */
export function typeOf(name: string): AttributeType | undefined {
  return types.get(name);
}
