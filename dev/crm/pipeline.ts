import { formatDay, type InstantStyle, keepsFraction } from './instants.ts';
import {
  type Stage,
  awkwardNames,
  lossReasons,
  practices,
  stages,
  unitsPerDollar,
  winReasons,
} from './names.ts';
import { between, normal, pick, pickWeighted, type Random } from './random.ts';
import { type Account, type Owner, type World } from './world.ts';

export const day = 86_400_000;

export type Status = 'OPEN' | 'WON' | 'LOST' | 'NO_SALE';

/** One deal before it is written as a record; instants in epoch milliseconds, nulls as the CRM has them. */
export interface Deal {
  id: bigint;
  number: string;
  name: string;
  account: Account | null;
  owner: Owner;
  practice: string | null;
  geography: string | null;
  region: string | null;
  sector: string | null;
  currency: string;
  /** The JSON token of the amount, so that its decimals stay; null where it is not set. */
  revenue: string | null;
  stage: Stage;
  probability: number | null;
  status: Status;
  reason: string | null;
  closeDate: string | null;
  created: number;
  updated: number;
  style: InstantStyle;
}

/** Where a deal stands in the pipeline's history. */
export interface Moment {
  /** End of the history: now, in epoch milliseconds. */
  now: number;
  /** 0 for the first deal ever, 1 for the latest. */
  age: number;
}

/** Draws one deal. `id` and `number` are the caller's, everything else is the seed's. */
export function drawDeal(
  random: Random,
  world: World,
  key: { id: bigint; number: string },
  moment: Moment,
): Deal {
  const account = random() < 0.995 ? pick(random, world.accounts) : null;
  const practice = pickWeighted(random, weighted);
  const history = drawHistory(random, moment);
  const currencies = account?.geography.currencies ?? [['USD', 1] as const];
  const currency = pickWeighted(random, currencies);
  return {
    ...key,
    ...history,
    name: drawName(random, account, practice.deals),
    account,
    owner: random() < 0.02 ? world.owners[0]! : world.owners[ownerIndex(random, world)]!,
    practice: random() < 0.94 ? practice.name : null,
    geography: random() < 0.95 ? (account?.geography.name ?? null) : null,
    region: random() < 0.6 ? (account?.region ?? null) : null,
    sector: random() < 0.8 ? (account?.sector ?? null) : null,
    currency,
    revenue: drawRevenue(random, unitsPerDollar[currency]!),
    style: drawStyle(random),
  };
}

const weighted = practices.map((each) => [each, each.weight] as const);

// A few people carry most of the pipeline, as everywhere.
function ownerIndex(random: Random, world: World): number {
  return 1 + Math.floor(random() ** 1.6 * (world.owners.length - 1));
}

function drawName(random: Random, account: Account | null, deals: readonly string[]): string {
  const company = account?.name ?? 'Prospect';
  const draw = random();
  if (draw < 0.012) return pick(random, awkwardNames).replace('{account}', company);
  if (draw < 0.0125)
    return `${company}: framework agreement, lots A to Z, `.repeat(8).slice(0, 275);
  const deal = pick(random, deals).replace('{n}', String(between(random, 2, 5)));
  return draw < 0.75 ? `${company} – ${deal}` : deal;
}

/** An amount in its currency: log-normal around a quarter of a million dollars, rarely none, 0 or below. */
export function drawRevenue(random: Random, rate: number): string | null {
  const draw = random();
  if (draw < 0.04) return null;
  if (draw < 0.047) return '0';
  const amount = 250_000 * Math.exp(1.1 * normal(random)) * rate;
  if (draw < 0.049) return `-${Math.round(amount / 100) * 10}`;
  if (draw < 0.35) return amount.toFixed(2);
  return String(Math.round(amount / 500) * 500);
}

function drawHistory(random: Random, { now, age }: Moment) {
  const created = Math.floor(now - 730 * day * (1 - age) ** 1.5 - random() * 2 * day);
  const due = created + (45 + 315 * random() ** 1.2) * day;
  const overdue = due < now && random() < 0.06;
  const isOpen = due >= now || overdue;
  const status: Status = isOpen ? 'OPEN' : pickWeighted(random, outcomes);
  const progress = isOpen ? Math.min(0.99, (now - created) / (due - created)) : 1;
  const stage = isOpen
    ? stages[Math.min(5, Math.floor(progress * 5 + random() * 1.5))]!
    : stages[6]!;
  const lastTouch = isOpen ? now - random() ** 3 * 120 * day : due + random() * 6 * day;
  return {
    created,
    updated: Math.floor(Math.min(now - random() * 60_000, Math.max(created + 60_000, lastTouch))),
    status,
    stage,
    probability: drawProbability(random, status, stage),
    reason: status === 'OPEN' ? null : drawReason(random, status),
    closeDate: random() < 0.015 ? null : formatDay(due),
  };
}

const outcomes = [
  ['WON', 38],
  ['LOST', 44],
  ['NO_SALE', 18],
] as const;

function drawProbability(random: Random, status: Status, stage: Stage): number | null {
  if (random() < 0.02) return null;
  if (status !== 'OPEN') return status === 'WON' ? 100 : 0;
  return random() < 0.8
    ? stage.probability
    : Math.min(95, stage.probability + 5 * between(random, -2, 2));
}

/** Why a deal ended as it did; not always recorded. */
export function drawReason(random: Random, status: Status): string | null {
  if (random() < 0.2) return null;
  return status === 'WON' ? pick(random, winReasons) : pick(random, lossReasons);
}

function drawStyle(random: Random): InstantStyle {
  return pickWeighted(random, styles);
}

const styles: readonly (readonly [InstantStyle, number])[] = [
  ['plain', 50],
  ['fraction', 32],
  ['zulu', 5],
  ['pacific', 5],
  ['pacificFraction', 5],
  ['india', 3],
];

/** Mostly seven digits; some carry letters, leading zeros, or what a URL must escape. */
export function drawNumber(random: Random, serial: number): string {
  const draw = random();
  if (draw < 0.97) return String(1_100_000 + serial);
  if (draw < 0.98) return `OPP_${String(serial).padStart(6, '0')}`;
  if (draw < 0.987) return `00${serial + 10_000}`;
  if (draw < 0.994) return `FR/${serial + 10_000}`;
  return `5%-${serial + 10_000}`;
}

/** The instant a stamp of this style says: spellings without a fraction lose their milliseconds. */
export function asWritten(milliseconds: number, style: InstantStyle): number {
  return keepsFraction(style) ? milliseconds : Math.floor(milliseconds / 1000) * 1000;
}
