import { BackgroundQueue } from '../../src/engine/background-queue';

describe('the queue of background tasks', () => {
  it('has 1000 places and room for 10000 more by default', () => {
    const queue = new BackgroundQueue();
    for (let count = 0; count < 1000; count++) expect(queue.enter()).toBeUndefined();
    expect(queue.enter()).toBeInstanceOf(Promise);
    for (let count = 0; count < 11_000; count++) {
      expect(queue.isFull).toBe(false);
      queue.add();
    }
    expect(queue.isFull).toBe(true);
    queue.end(1);
    expect(queue.isFull).toBe(false);
  });

  it('passes places on in the order of arrival, after it was empty too', async () => {
    const queue = new BackgroundQueue({ concurrency: 1 });
    const order: number[] = [];
    for (let round = 0; round < 2; round++) {
      expect(queue.enter()).toBeUndefined();
      const turns = [1, 2, 3].map(async (number) => {
        await queue.enter();
        order.push(number);
        queue.leave();
      });
      await new Promise(setImmediate);
      queue.leave();
      await Promise.all(turns);
      await queue.waitUntilIdle(60_000);
    }
    expect(order).toEqual([1, 2, 3, 1, 2, 3]);
  });

  it('lets everything go on when it is opened', async () => {
    const queue = new BackgroundQueue({ concurrency: 1 });
    void queue.enter();
    const turns = [queue.enter(), queue.enter()];
    queue.open();
    for (const turn of turns) await turn;
    expect(queue.enter()).toBeUndefined();
  });
});
