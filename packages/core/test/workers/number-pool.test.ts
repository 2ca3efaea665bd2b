import fc from 'fast-check';
import { NumberPool, type PoolMember } from '../../src/workers/number-pool';
import type { SharedNumbers } from '../../src/workers/shared-numbers';
import type { WorkerOrder } from '../../src/workers/worker-message';

/** A worker that counts, and answers a question only when the test lets it. */
class FakeWorker implements PoolMember {
  isAsked = true;
  count = 0;
  readonly sums: SharedNumbers[] = [];
  private readonly unanswered: number[] = [];

  constructor(
    readonly id: number,
    private readonly pool: NumberPool,
  ) {}

  send(order: WorkerOrder): void {
    if (order.sluice === 'read') this.unanswered.push(order.asks);
    if (order.sluice === 'sums') this.sums.push(order.numbers);
  }

  ask(): void {
    this.report({ asks: 7 });
  }

  /** Answers the oldest question. */
  answer(): void {
    const answers = this.unanswered.shift();
    if (answers !== undefined) this.report({ answers });
  }

  report(more: { readonly asks?: number; readonly answers?: number } = {}): void {
    const { count } = this;
    const numbers = { counters: { done: [count, 2 * count] }, gauges: { open: [count] } };
    this.pool.receive(this, { sluice: 'numbers', topic: 'jobs', numbers, ...more });
  }
}

function makeWorkers(count: number): { readonly pool: NumberPool; readonly workers: Set<FakeWorker> } {
  const workers = new Set<FakeWorker>();
  const pool = new NumberPool(workers);
  for (let id = 1; id <= count; id++) workers.add(new FakeWorker(id, pool));
  return { pool, workers };
}

describe('The numbers of workers', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('are added when every worker has answered; gauges remain those of each', () => {
    const [first, second] = [...makeWorkers(2).workers];
    first!.count = 3;
    second!.count = 4;
    first!.ask();
    expect(first!.sums).toEqual([]);
    second!.answer();
    expect(first!.sums).toEqual([
      {
        counters: { done: [7, 14] },
        gauges: [
          { worker: 1, values: { open: [3] } },
          { worker: 2, values: { open: [4] } },
        ],
      },
    ]);
    jest.runAllTimers();
    expect(first!.sums).toHaveLength(1);
  });

  it('are the last ones of a worker that does not answer within half a second', () => {
    const [first, second] = [...makeWorkers(2).workers];
    second!.count = 4;
    second!.report();
    second!.count = 9;
    first!.ask();
    jest.advanceTimersByTime(499);
    expect(first!.sums).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(first!.sums[0]!.counters).toEqual({ done: [4, 8] });
    second!.answer();
    first!.ask();
    second!.answer();
    expect(first!.sums[1]!.counters).toEqual({ done: [9, 18] });
  });

  it('do not wait for a worker that starts, or that ends before it answers', () => {
    const { pool, workers } = makeWorkers(3);
    const [first, second, third] = [...workers];
    third!.isAsked = false;
    second!.count = 4;
    second!.report();
    first!.ask();
    workers.delete(second!);
    pool.remove(second!);
    expect(first!.sums).toEqual([
      { counters: { done: [4, 8] }, gauges: [{ worker: 1, values: { open: [0] } }] },
    ]);
  });

  it('come without those of a worker that does not share the topic', () => {
    const { pool, workers } = makeWorkers(2);
    const [first, second] = [...workers];
    first!.ask();
    pool.receive(second!, { sluice: 'numbers', topic: 'jobs', numbers: null, answers: 1 });
    expect(first!.sums).toHaveLength(1);
    expect(first!.sums[0]!.gauges).toHaveLength(1);
  });

  it('do not grow with the workers that are replaced: their gauges go, and their counters are in the sums', () => {
    const { pool, workers } = makeWorkers(2);
    const [asker] = [...workers];
    const replace = (old: FakeWorker): void => {
      old.count = 3;
      old.report();
      workers.delete(old);
      pool.remove(old);
      workers.add(new FakeWorker(old.id, pool));
    };
    const readAnswer = (): SharedNumbers => {
      for (const worker of workers) worker.report();
      asker!.ask();
      for (const worker of workers) worker.answer();
      return asker!.sums.pop()!;
    };
    replace([...workers][1]!);
    const first = readAnswer();
    for (let count = 1; count < 100; count++) replace([...workers][1]!);
    const last = readAnswer();
    expect(first.counters).toEqual({ done: [3, 6] });
    expect(last.counters).toEqual({ done: [300, 600] });
    expect(last.gauges).toEqual(first.gauges);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('never fall, and lose nothing that a worker reported, in whatever order workers count, answer and are killed', () => {
    const step = fc.record({
      worker: fc.nat(2),
      does: fc.constantFrom('count', 'ask', 'answer', 'report', 'kill', 'wait'),
    });
    const property = fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { pool, workers } = makeWorkers(3);
      const answers: number[] = [];
      let seen = 0;
      for (const { worker, does } of steps) {
        const one = [...workers][worker]!;
        if (does === 'count') one.count += 1;
        if (does === 'ask') one.ask();
        if (does === 'answer') one.answer();
        if (does === 'report') one.report();
        if (does === 'wait') jest.advanceTimersByTime(500);
        if (does === 'kill') {
          workers.delete(one);
          pool.remove(one);
          workers.add(new FakeWorker(one.id, pool));
        }
        for (const { sums } of workers)
          for (const { counters } of sums.splice(0)) answers.push(counters['done']?.[0] ?? 0);
        expect(answers.at(-1) ?? 0).toBeGreaterThanOrEqual(seen);
        seen = answers.at(-1) ?? 0;
      }
    });
    fc.assert(property, { numRuns: 300 });
  });
});
