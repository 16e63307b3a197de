import { evolve, type EvolutionCounts } from './evolve.ts';
import { formatInstant, parseInstant } from './instants.ts';
import { Lagging } from './lagging.ts';
import { asWritten, drawDeal, drawNumber, day } from './pipeline.ts';
import { between, seeded, type Random } from './random.ts';
import { readRecord, textOf, tokenOf, tokensOf, type CrmRecord } from './record.ts';
import { recordText } from './record-text.ts';
import { Store } from './store.ts';
import { drawWorld, type World } from './world.ts';

export interface DatasetOptions {
  opportunities: number;
  seed: number;
  customFields: boolean;
  /** The CRM's clock, which stamps changes. */
  clock: () => Date;
  /** How long after its stamp a change shows, in milliseconds; absent: at once. */
  lagMs?: () => number;
  /** Records of an earlier life, as written; given, nothing is drawn. */
  records?: string[];
}

export interface UpdateOptions {
  /** False leaves LastUpdateDate as it was, as edits of child records do. */
  touch?: boolean;
  /** Who changed it; absent: whoever did last. */
  by?: string;
}

type Id = bigint | string | number;

/** The opportunities of the simulated CRM, and how a test or the living pipeline changes them. */
export class Dataset {
  readonly store = new Store();
  readonly world: World;
  readonly random: Random;
  readonly clock: () => Date;
  private readonly lagging: Lagging;
  private serial: number;
  private nextId = 300003700000000n;

  constructor({ opportunities, seed, customFields, clock, lagMs, records }: DatasetOptions) {
    this.clock = clock;
    this.lagging = new Lagging(clock, lagMs ?? (() => 0));
    const random = seeded(seed);
    this.world = drawWorld(random, customFields);
    // A second life must not draw again what the first one drew.
    this.random = records ? seeded(seed + records.length) : random;
    this.serial = records?.length ?? opportunities;
    if (records) for (const record of records) this.insertRaw(record);
    else this.fill(opportunities);
  }

  /** Every record as written, hidden ones too, for keeping. */
  texts(): string[] {
    const { order, slots } = this.store;
    return Array.from(order.subarray(0, slots), (slot) => this.store.text(slot));
  }

  /** How many opportunities the calling user can see. */
  get size(): number {
    return this.store.size;
  }

  /** Every visible opportunity, ascending by OptyId. Throws SyntaxError where a raw one is no JSON. */
  all(): CrmRecord[] {
    const { order, slots } = this.store;
    return Array.from(order.subarray(0, slots))
      .filter((slot) => this.store.isVisible(slot))
      .map((slot) => readRecord(this.store.text(slot)));
  }

  /** One opportunity, hidden ones too; undefined where there is none. */
  get(id: Id): CrmRecord | undefined {
    const slot = this.store.find(BigInt(id));
    return slot < 0 ? undefined : readRecord(this.store.text(slot));
  }

  /** Adds an opportunity, what is not given drawn at random and stamped now; returns its OptyId. */
  insert(partial: Record<string, unknown> = {}): bigint {
    const id = partial.OptyId === undefined ? this.unusedId() : BigInt(partial.OptyId as Id);
    const now = this.clock().getTime();
    const number = drawNumber(this.random, this.serial++);
    const deal = drawDeal(this.random, this.world, { id, number }, { now, age: 1 });
    const fresh = { ...deal, created: now, updated: now, style: 'fraction' as const };
    const tokens = tokensOf(recordText(fresh, this.world, this.random));
    const aliases = aliasesOf(partial);
    for (const [name, value] of Object.entries({ ...aliases, ...partial })) {
      tokens.set(name, tokenOf(name, value));
    }
    const text = textOf(tokens);
    this.lagging.commit(id, () => this.insertRaw(text, id));
    return id;
  }

  /**
   * Adds a record exactly as written, however malformed. Without a readable OptyId it lies at `place`,
   * or after the last one; returns that place, under which it can be removed.
   */
  insertRaw(text: string, place?: bigint): bigint {
    const tokens = tokensOf(text);
    const token = tokens.get('OptyId')?.replace(/^"(.*)"$/, '$1') ?? '';
    const id = place ?? (/^\d{1,18}$/.test(token) ? BigInt(token) : this.lastId() + 1n);
    this.store.add(id, stampOf(tokens) ?? this.clock().getTime() * 1000, text);
    return id;
  }

  /** Changes attributes of an opportunity and stamps it. Throws RangeError where there is none. */
  update(id: Id, partial: Record<string, unknown>, { touch = true, by }: UpdateOptions = {}): void {
    // Whoever changes a record waits for the change before.
    this.lagging.settle(BigInt(id));
    this.slotOf(id);
    const now = formatInstant(this.clock().getTime(), 'fraction');
    const stamp = touch ? { LastUpdateDate: now, OptyLastUpdateDate: now } : {};
    const author = by === undefined ? {} : { LastUpdatedBy: by };
    const changes = { ...stamp, ...author, ...aliasesOf(partial), ...partial };
    this.lagging.commit(BigInt(id), () => this.write(id, changes));
  }

  /** Changes many at once, all with one stamp, as a bulk edit does. */
  updateAll(ids: Id[], partial: Record<string, unknown>): void {
    const LastUpdateDate = formatInstant(this.clock().getTime(), 'fraction');
    for (const id of ids) this.update(id, { LastUpdateDate, ...partial });
  }

  /** Lets what lags behind its stamp show: what is due, or all of it. */
  settle(all = false): void {
    this.lagging.settle(all ? 'all' : 'due');
  }

  /** Deletes for good; the CRM leaves no trace. Throws RangeError where there is none. */
  remove(id: Id): void {
    this.store.remove(this.slotOf(id));
  }

  /** Takes an opportunity out of the calling user's sight, as a change of territory does. */
  hide(id: Id): void {
    this.store.setHidden(this.slotOf(id), true);
  }

  show(id: Id): void {
    this.store.setHidden(this.slotOf(id), false);
  }

  /** Lets the pipeline move: so many things happen, stamped with the clock. */
  evolve(steps: number, random: Random = this.random): EvolutionCounts {
    return evolve(this, steps, random);
  }

  private write(id: Id, changes: Record<string, unknown>): void {
    const slot = this.store.find(BigInt(id));
    if (slot < 0) return;
    const tokens = tokensOf(this.store.text(slot));
    for (const [name, value] of Object.entries(changes)) tokens.set(name, tokenOf(name, value));
    this.store.replace(slot, stampOf(tokens) ?? this.store.updated[slot]!, textOf(tokens));
  }

  private slotOf(id: Id): number {
    const slot = this.store.find(BigInt(id));
    if (slot < 0) throw new RangeError(`There is no opportunity ${id}.`);
    return slot;
  }

  private lastId(): bigint {
    const { order, ids, slots } = this.store;
    return slots === 0 ? 300003000000000n : ids[order[slots - 1]!]!;
  }

  private unusedId(): bigint {
    do this.nextId += BigInt(between(this.random, 1, 90));
    while (this.store.find(this.nextId) >= 0);
    return this.nextId;
  }

  // Ids ascend in three blocks: two of 15 digits, and one of 18, beyond what a double holds exactly.
  private fill(count: number): void {
    const now = this.clock().getTime();
    const massUpdate = Math.floor(now / 1000) * 1000 - 9 * day;
    let id = 0n;
    for (let index = 0; index < count; index++) {
      const block = blocks.find(({ until }) => (index + 1) / count <= until)!;
      id = (id < block.start ? block.start : id) + BigInt(between(this.random, 1, 300));
      const number = drawNumber(this.random, index);
      const moment = { now, age: index / count };
      const deal = drawDeal(this.random, this.world, { id, number }, moment);
      // A bulk edit leaves more rows with one and the same stamp than a page holds.
      if (index % 3 === 0 && index < 1800 && deal.created < massUpdate) deal.updated = massUpdate;
      const text = recordText(deal, this.world, this.random);
      this.store.add(id, asWritten(deal.updated, deal.style) * 1000, text);
    }
  }
}

const blocks = [
  { until: 0.1, start: 100000000100000n },
  { until: 0.92, start: 300003300000000n },
  { until: 1, start: 300000041122334455n },
];

function stampOf(tokens: Map<string, string>): number | null {
  const token = tokens.get('LastUpdateDate');
  return token?.startsWith('"') ? parseInstant(token.slice(1, -1)) : null;
}

/** The header-level names of the stamps follow the stamps. */
function aliasesOf(partial: Record<string, unknown>): Record<string, unknown> {
  const { LastUpdateDate, CreationDate } = partial;
  return {
    ...(LastUpdateDate === undefined ? {} : { OptyLastUpdateDate: LastUpdateDate }),
    ...(CreationDate === undefined ? {} : { OptyCreationDate: CreationDate }),
  };
}
