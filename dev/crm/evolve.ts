import { type Dataset } from './dataset.ts';
import { formatDay } from './instants.ts';
import { comments, stages, unitsPerDollar } from './names.ts';
import { day, drawReason, drawRevenue, type Status } from './pipeline.ts';
import { between, pick, pickWeighted, type Random } from './random.ts';
import { readRecord, type CrmRecord } from './record.ts';
import { expected } from './record-text.ts';

type Happening =
  | 'appeared'
  | 'advanced'
  | 'slipped'
  | 'repriced'
  | 'noted'
  | 'won'
  | 'lost'
  | 'dropped'
  | 'reopened'
  | 'deleted';

/** How often each thing happened. */
export type EvolutionCounts = Record<Happening, number>;

const happenings: readonly (readonly [Happening, number])[] = [
  ['appeared', 18],
  ['advanced', 25],
  ['slipped', 16],
  ['repriced', 14],
  ['noted', 8],
  ['won', 7],
  ['lost', 7],
  ['dropped', 3],
  ['reopened', 1],
  ['deleted', 1],
];

/** Moves the pipeline on by so many happenings. Each changed opportunity is stamped with the clock. */
export function evolve(dataset: Dataset, steps: number, random: Random): EvolutionCounts {
  const counts = Object.fromEntries(happenings.map(([name]) => [name, 0])) as EvolutionCounts;
  for (let step = 0; step < steps; step++) {
    const happening = pickWeighted(random, happenings);
    if (happening === 'appeared') dataset.insert(freshDeal(dataset, random));
    else if (!happen(dataset, happening, random)) continue;
    counts[happening]++;
  }
  return counts;
}

function freshDeal(dataset: Dataset, random: Random): Record<string, unknown> {
  const due = dataset.clock().getTime() + between(random, 30, 330) * day;
  return {
    EffectiveDate: formatDay(due),
    ...stageChange(0, null),
    ...statusChange('OPEN', random),
  };
}

function happen(
  dataset: Dataset,
  happening: Exclude<Happening, 'appeared'>,
  random: Random,
): boolean {
  const wanted = happening === 'reopened' ? /^(LOST|NO_SALE)$/ : /^OPEN$/;
  const record = findRecord(dataset, wanted, random);
  if (!record) return false;
  if (happening === 'deleted') dataset.remove(record.OptyId as bigint);
  else dataset.update(record.OptyId as bigint, changesOf(happening, record, random));
  return true;
}

/** Draws until a record has the wanted status; gives up after a while, since there may be none. */
function findRecord(dataset: Dataset, status: RegExp, random: Random): CrmRecord | null {
  const { store } = dataset;
  for (let attempt = 0; attempt < 40 && store.slots > 0; attempt++) {
    const slot = Math.floor(random() * store.slots);
    if (!store.isVisible(slot)) continue;
    try {
      const record = readRecord(store.text(slot));
      const sound = typeof record.OptyId === 'bigint' && record.OptyId === store.ids[slot];
      if (sound && status.test(String(record.StatusCode))) return record;
    } catch {
      // A record put in as malformed JSON takes no part in the pipeline.
      continue;
    }
  }
  return null;
}

function changesOf(
  happening: Exclude<Happening, 'appeared' | 'deleted'>,
  record: CrmRecord,
  random: Random,
): Record<string, unknown> {
  switch (happening) {
    case 'advanced':
      return stageChange(Math.min(5, Number(record.StgOrder)), record.Revenue);
    case 'slipped':
      return { EffectiveDate: slipped(record.EffectiveDate, random) };
    case 'repriced':
      return repriced(record, random);
    case 'noted':
      return { Comments: pick(random, comments) };
    case 'won':
      return { ...stageChange(6, record.Revenue), ...statusChange('WON', random) };
    case 'lost':
      return { ...stageChange(6, record.Revenue), ...statusChange('LOST', random) };
    case 'dropped':
      return { ...stageChange(6, record.Revenue), ...statusChange('NO_SALE', random) };
    case 'reopened':
      return { ...stageChange(2, record.Revenue), ...statusChange('OPEN', random) };
  }
}

function stageChange(index: number, revenue: unknown): Record<string, unknown> {
  const stage = stages[index]!;
  return {
    SalesStageId: stage.id,
    SalesStage: stage.name,
    StgOrder: stage.order,
    PhaseCd: stage.phase,
    DescriptionText: stage.description,
    WinProb: stage.probability,
    RcmndWinProb: stage.probability,
    ...(typeof revenue === 'number' ? { ExpectAmount: expected(revenue, stage.probability) } : {}),
  };
}

function statusChange(status: Status, random: Random): Record<string, unknown> {
  const ended = status !== 'OPEN';
  return {
    StatusCode: status,
    StageStatusCd: status,
    ReasonWonLostCode: ended ? drawReason(random, status) : null,
    ...(ended ? { WinProb: status === 'WON' ? 100 : 0 } : {}),
  };
}

function slipped(closeDate: unknown, random: Random): string | null {
  if (typeof closeDate !== 'string') return null;
  return formatDay(Date.parse(closeDate.slice(0, 10)) + between(random, 7, 90) * day);
}

function repriced({ Revenue, CurrencyCode, WinProb }: CrmRecord, random: Random) {
  const before = Number(Revenue ?? 0);
  const drawn = Number(drawRevenue(random, unitsPerDollar[String(CurrencyCode)] ?? 1) ?? 0);
  const revenue = before === 0 ? drawn : Math.round(before * (0.6 + random() * 0.8));
  return { Revenue: revenue, ExpectAmount: expected(revenue, WinProb as number | null) };
}
