interface Pending {
  id: bigint;
  due: number;
  apply: () => unknown;
}

/** Changes that are stamped already and not committed yet: they show later than their timestamp says. */
export class Lagging {
  private readonly clock: () => Date;
  private readonly lagMs: () => number;
  private pending: Pending[] = [];

  constructor(clock: () => Date, lagMs: () => number) {
    this.clock = clock;
    this.lagMs = lagMs;
  }

  /** Applies a change, at once where nothing lags. */
  commit(id: bigint, apply: () => unknown): void {
    const lag = this.lagMs();
    if (lag > 0) this.pending.push({ id, due: this.clock().getTime() + lag, apply });
    else apply();
  }

  /** Applies what is due, all there is, or what concerns one record. */
  settle(which: 'due' | 'all' | bigint): void {
    if (this.pending.length === 0) return;
    const now = this.clock().getTime();
    const isRipe = ({ id, due }: Pending) =>
      which === 'all' || (which === 'due' ? due <= now : id === which);
    const ripe = this.pending.filter(isRipe);
    this.pending = this.pending.filter((one) => !isRipe(one));
    for (const { apply } of ripe) apply();
  }
}
