import type { CrmSimulator } from '#dev/crm/server.ts';
import { between, pick, type Random } from '#dev/crm/random.ts';

/** Records no mapping can take; each stays where it was put until it is mended or removed. */
const broken = [
  (id: bigint) => `{"OptyId": ${id}, "OptyNumber": "BAD-${id}", "EffectiveDate": "2027-02-31"}`,
  (id: bigint) => `{"OptyId": ${id}, "OptyNumber": "BAD-${id}", "Revenue": "much"}`,
  (id: bigint) => `{"OptyId": ${id}, "OptyNumber": "BAD-${id}", "Name": "a\\u0000b"}`,
  (id: bigint) => `{"OptyId": ${id}, "OptyNumber": "BAD-${id}", "CreationDate": "soon"}`,
];

/** A CRM that people work in: opportunities appear, change, vanish, break and are mended. */
export class RestlessCrm {
  private readonly crm: CrmSimulator;
  private readonly random: Random;
  /** Ids of the records that cannot be applied as they are now. */
  readonly unfit = new Set<bigint>();
  /** What was out of sight for a while since this was last emptied. */
  readonly outOfSight = new Set<bigint>();
  /** What was out of sight at any time: it comes back with a stamp that may lie behind every watermark. */
  readonly everHidden = new Set<bigint>();
  private readonly hidden: bigint[] = [];

  constructor(crm: CrmSimulator, random: Random) {
    this.crm = crm;
    this.random = random;
  }

  move(times: number): void {
    for (let n = 0; n < times; n++) this.moveOnce();
  }

  private moveOnce(): void {
    const { dataset } = this.crm;
    const choice = this.random();
    if (choice < 0.5) dataset.evolve(between(this.random, 1, 5), this.random);
    else if (choice < 0.58) this.updateMany();
    else if (choice < 0.62) this.replaceOne();
    else if (choice < 0.64) for (let n = 0; n < 6; n++) this.hideOne();
    else if (choice < 0.71) this.hideOne();
    else if (choice < 0.8) this.showOne();
    else if (choice < 0.9) this.breakOne();
    else this.mendOne();
  }

  private sound() {
    return this.crm.dataset.all().filter(({ OptyId }) => !this.unfit.has(OptyId as bigint));
  }

  /** A bulk edit: more rows of one and the same stamp than a page holds. */
  private updateMany(): void {
    const ids = this.sound().map(({ OptyId }) => OptyId as bigint);
    const from = between(this.random, 0, ids.length);
    const Name = `Edited ${this.random()}`;
    this.crm.dataset.updateAll(ids.slice(from, from + 45), { Name });
  }

  /** Deletes an opportunity, whose number a new one takes. */
  private replaceOne(): void {
    const sound = this.sound();
    if (sound.length < 20) return;
    const { OptyId, OptyNumber } = pick(this.random, sound);
    this.crm.dataset.remove(OptyId as bigint);
    this.crm.dataset.insert({ OptyNumber });
  }

  private hideOne(): void {
    const sound = this.sound();
    if (sound.length < 20) return;
    const id = pick(this.random, sound).OptyId as bigint;
    this.crm.dataset.hide(id);
    this.hidden.push(id);
    this.outOfSight.add(id);
    this.everHidden.add(id);
  }

  private showOne(): void {
    const id = this.hidden.pop();
    // It comes back with the stamp it had, which may lie behind every watermark.
    if (id !== undefined) this.crm.dataset.show(id);
  }

  private breakOne(): void {
    const id = 300_009_000_000_000n + BigInt(between(this.random, 1, 1_000_000_000));
    if (this.crm.dataset.get(id)) return;
    this.crm.dataset.insertRaw(pick(this.random, broken)(id));
    this.unfit.add(id);
  }

  private mendOne(): void {
    const id = this.unfit.values().next().value;
    if (id === undefined) return;
    this.crm.dataset.update(id, {
      EffectiveDate: '2027-02-28',
      Revenue: 10,
      Name: 'Mended',
      CreationDate: '2026-01-02T03:04:05+00:00',
    });
    this.unfit.delete(id);
  }
}
