/** Keys with a time until which they count: a bounded number of them, without a timer. The oldest goes first. */
export class BoundedSet {
  private readonly until = new Map<string, number>();

  constructor(private readonly most: number) {}

  add(key: string, until: number): void {
    this.until.delete(key);
    this.until.set(key, until);
    if (this.until.size > this.most) this.until.delete(this.until.keys().next().value!);
  }

  has(key: string, now: number): boolean {
    const until = this.until.get(key);
    return until !== undefined && until > now;
  }

  delete(key: string): void {
    this.until.delete(key);
  }
}
