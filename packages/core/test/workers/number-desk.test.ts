import { EventEmitter } from 'node:events';
import { NumberDesk, type Channel } from '../../src/workers/number-desk';
import type { SharedNumbers, WorkerNumbers } from '../../src/workers/shared-numbers';
import type { NumbersReport } from '../../src/workers/worker-message';

/** The process of a worker, whose supervisor is the test. */
class FakeProcess extends EventEmitter implements Channel {
  connected = true;
  readonly sent: NumbersReport[] = [];

  send(report: NumbersReport, _: undefined, __: undefined, done: (error: null) => void): boolean {
    this.sent.push(report);
    done(null);
    return true;
  }
}

const SUMS: SharedNumbers = { counters: { done: [9] }, gauges: [] };

describe('The numbers of a worker', () => {
  let worker: FakeProcess;
  let desk: NumberDesk;
  let count: number;
  const read = (): WorkerNumbers => ({ counters: { done: [count] }, gauges: {} });

  beforeEach(() => {
    jest.useFakeTimers();
    worker = new FakeProcess();
    desk = new NumberDesk(worker);
    count = 1;
  });
  afterEach(() => void jest.useRealTimers());

  it('are sent with a question, which the sums of the supervisor answer', async () => {
    const ask = desk.open('jobs', read);
    const [first, second] = [ask(), ask()];
    await jest.advanceTimersByTimeAsync(0);
    const numbers = { counters: { done: [1] }, gauges: {} };
    expect(worker.sent).toEqual([
      { sluice: 'numbers', topic: 'jobs', numbers, asks: 1 },
      { sluice: 'numbers', topic: 'jobs', numbers, asks: 2 },
    ]);
    worker.emit('message', { sluice: 'sums', topic: 'jobs', answers: 2, numbers: SUMS });
    worker.emit('message', { sluice: 'sums', topic: 'jobs', answers: 1, numbers: SUMS });
    expect(await Promise.all([first, second])).toEqual([SUMS, SUMS]);
  });

  it('are sent when the supervisor asks, as null if they cannot be read or are not shared', async () => {
    desk.open('jobs', read);
    desk.open('broken', () => Promise.reject(new Error('broken')));
    for (const [index, topic] of ['jobs', 'broken', 'unknown'].entries())
      worker.emit('message', { sluice: 'read', topic, asks: index });
    await jest.advanceTimersByTimeAsync(0);
    const answers = worker.sent.map(({ topic, numbers, answers: to }) => [topic, numbers?.counters, to]);
    expect(answers).toEqual([
      ['unknown', undefined, 2],
      ['jobs', { done: [1] }, 0],
      ['broken', undefined, 1],
    ]);
  });

  it('are sent every ten seconds for five minutes after a question, and not before the first', async () => {
    desk.open('jobs', read);
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect([worker.sent.length, jest.getTimerCount()]).toEqual([0, 0]);
    worker.emit('message', { sluice: 'read', topic: 'jobs', asks: 1 });
    await jest.advanceTimersByTimeAsync(10_000);
    expect(worker.sent).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect([worker.sent.length, jest.getTimerCount()]).toEqual([30, 0]);
    worker.emit('message', { sluice: 'read', topic: 'jobs', asks: 2 });
    await jest.advanceTimersByTimeAsync(20_000);
    expect(worker.sent).toHaveLength(33);
  });

  it('are never overtaken by earlier ones', async () => {
    let finish = (): void => undefined;
    desk.open('jobs', () => new Promise((resolve) => (finish = () => resolve(read()))));
    worker.emit('message', { sluice: 'read', topic: 'jobs', asks: 1 });
    count = 2;
    worker.emit('message', { sluice: 'read', topic: 'jobs', asks: 2 });
    finish();
    await jest.advanceTimersByTimeAsync(0);
    expect(worker.sent.map(({ numbers }) => numbers?.counters['done'])).toEqual([[2], [2]]);
  });

  it('have no sums if the supervisor does not answer within two seconds, or has ended', async () => {
    const ask = desk.open('jobs', read);
    const late = expect(ask()).rejects.toThrow('The supervisor of the workers did not answer.');
    await jest.advanceTimersByTimeAsync(2000);
    await late;
    worker.connected = false;
    await expect(ask()).rejects.toThrow('The supervisor of the workers did not answer.');
  });

  it('are sent a last time, for which the end of the worker waits a second at most', async () => {
    desk.open('jobs', read);
    await desk.reportAll();
    expect(worker.sent).toMatchObject([{ topic: 'jobs', numbers: { counters: { done: [1] } } }]);
    desk.open('stuck', () => new Promise(() => undefined));
    const end = desk.reportAll();
    await jest.advanceTimersByTimeAsync(1000);
    await end;
    expect(jest.getTimerCount()).toBe(0);
  });

  it('are shared once for each topic', () => {
    desk.open('jobs', read);
    expect(() => desk.open('jobs', read)).toThrow('The topic "jobs" is shared already.');
  });
});
