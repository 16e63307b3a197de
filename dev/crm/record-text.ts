import { formatInstant } from './instants.ts';
import { comments } from './names.ts';
import { type Deal } from './pipeline.ts';
import { between, pick, type Random } from './random.ts';
import { type World } from './world.ts';

/** Writes a deal as the JSON text of one opportunity, every attribute present, nulls explicit. */
export function recordText(deal: Deal, world: World, random: Random): string {
  return `{${[
    identity(deal, random),
    party(deal, random),
    money(deal, random),
    stage(deal),
    stamps(deal),
    extras(deal, random),
    ...(world.customFields ? [custom(deal)] : []),
  ].join(',')}}`;
}

function text(value: string | null | undefined): string {
  return value === null || value === undefined ? 'null' : JSON.stringify(value);
}

function identity(deal: Deal, random: Random): string {
  const description = random() < 0.3 ? `${deal.sector ?? 'Client'}: ${deal.name}` : null;
  const comment = random() < 0.25 ? pick(random, comments) : null;
  return `"OptyId":${deal.id},"OptyNumber":${text(deal.number)},"Name":${text(deal.name)},"Description":${text(description)},"Comments":${text(comment)}`;
}

function party({ account, owner }: Deal, random: Random): string {
  const contact = account?.contact ?? null;
  const email = contact ? `${contact.toLowerCase().replace(' ', '.')}@example.test` : null;
  const contactId = account && contact ? account.id + 7n : null;
  // A single space stands for "no legacy name" on real pods.
  const legacy = random() < 0.9 ? '" "' : 'null';
  return (
    `"TargetPartyId":${account?.id ?? null},"TargetPartyName":${text(account?.name)},"CustomerAccountId":null,` +
    `"SalesAccountId":${account ? account.id + 3n : null},"SalesAccountUniqueName":${legacy},"KeyContactId":${contactId},` +
    `"PrimaryContactPartyName":${text(contact)},"PrimaryContactEmailAddress":${text(email)},` +
    `"OwnerResourcePartyId":${owner.id},"OwnerPartyNumber":"${owner.number}","PartyName1":${text(owner.name)},"EmailAddress":${text(owner.email)}`
  );
}

function money(deal: Deal, random: Random): string {
  const revenue = deal.revenue === null ? null : Number(deal.revenue);
  const upside = revenue === null || random() < 0.6 ? null : Math.round(revenue * 1.2);
  const downside = upside === null ? null : Math.round(revenue! * 0.7);
  return (
    `"CurrencyCode":"${deal.currency}","Revenue":${deal.revenue},"UpsideAmount":${upside},"DownsideAmount":${downside},` +
    `"ExpectAmount":${expected(revenue, deal.probability)},"WinProb":${deal.probability},"RcmndWinProb":${deal.stage.probability}`
  );
}

/** The weighted amount the CRM derives, in cents at most. */
export function expected(revenue: number | null, probability: number | null): number | null {
  return revenue === null || probability === null ? null : Math.round(revenue * probability) / 100;
}

function stage({ stage, status, reason, closeDate }: Deal): string {
  return (
    `"SalesMethodId":300000041102900,"SalesMethod":"Services Sales Process","SalesStageId":${stage.id},"SalesStage":"${stage.name}",` +
    `"StgOrder":${stage.order},"PhaseCd":"${stage.phase}","StageStatusCd":"${status}","QuotaFactor":${stage.order - 1},` +
    `"AverageDaysAtStage":30,"MaximumDaysInStage":${stage.order * 40},"DescriptionText":"${stage.description}",` +
    `"StatusCode":"${status}","ReasonWonLostCode":${text(reason)},"EffectiveDate":${text(closeDate)}`
  );
}

function stamps({ created, updated, style, owner }: Deal): string {
  const creation = formatInstant(created, style);
  const update = formatInstant(updated, style);
  return (
    `"CreationDate":"${creation}","CreatedBy":"${owner.email}","LastUpdateDate":"${update}","LastUpdatedBy":"${owner.email}",` +
    `"LastUpdateLogin":"-1","OptyCreationDate":"${creation}","OptyLastUpdateDate":"${update}"`
  );
}

const levels = ['"LOW"', '"MEDIUM"', '"HIGH"', 'null'] as const;

function extras({ id, revenue, closeDate }: Deal, random: Random): string {
  const budgeted = random() < 0.4;
  return (
    `"PrimaryOrganizationId":300000001388451,"PrimaryRevenueId":${id + 1n},"PrimaryCompetitorId":${random() < 0.2 ? 300003900000000 + between(random, 1, 40) : null},` +
    `"PrimaryPartnerId":null,"PrSrcNumber":null,"SalesChannelCd":"ZPM_DIRECT_CHANNEL_TYPES","LineOfBusinessCode":null,"ForecastOverrideCode":"CRITERIA",` +
    `"DecisionLevelCode":${pick(random, levels)},"RiskLevelCode":${pick(random, levels)},"StrategicLevelCode":${pick(random, levels)},` +
    `"BudgetedFlag":${budgeted},"ChampionFlag":${random() < 0.3},"BudgetAvailableDate":${budgeted ? text(closeDate) : null},"BdgtAmount":${budgeted ? revenue : null},` +
    `"UpdateFlag":true,"DeleteFlag":${random() < 0.5},"PRINT":null`
  );
}

function custom({ practice, geography, region, sector }: Deal): string {
  return `"Practice_c":${text(practice)},"GEO_c":${text(geography)},"Region_c":${text(region)},"Sector_c":${text(sector)}`;
}
