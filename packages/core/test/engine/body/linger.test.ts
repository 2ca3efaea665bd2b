import { Linger, MOST_DROPPED_BYTES } from '../../../src/engine/body/linger';

describe('Linger', () => {
  let pauses: number;
  let linger: Linger;
  let isOver: boolean;

  beforeEach(() => {
    jest.useFakeTimers();
    pauses = 0;
    isOver = false;
    linger = new Linger({ pause: () => void pauses++ }, 5000);
    void linger.over.then(() => (isOver = true));
  });

  afterEach(() => jest.useRealTimers());

  it('ends with the last byte', async () => {
    linger.receive(10, false);
    await Promise.resolve();
    expect(isOver).toBe(false);
    linger.receive(10, true);
    await Promise.resolve();
    expect([isOver, pauses, jest.getTimerCount()]).toEqual([true, 0, 0]);
  });

  it('ends when the client is quiet', async () => {
    await jest.advanceTimersByTimeAsync(4000);
    linger.receive(1, false);
    await jest.advanceTimersByTimeAsync(4000);
    expect(isOver).toBe(false);
    await jest.advanceTimersByTimeAsync(1000);
    expect([isOver, jest.getTimerCount()]).toEqual([true, 0]);
  });

  it('ends after half a minute, although the client still sends', async () => {
    for (let second = 0; second < 30; second++) {
      expect(isOver).toBe(false);
      linger.receive(1, false);
      await jest.advanceTimersByTimeAsync(1000);
    }
    expect(isOver).toBe(true);
  });

  it('pauses a client beyond the bound of bytes, and ends if it cannot be stopped like that', async () => {
    linger.receive(MOST_DROPPED_BYTES, false);
    expect(pauses).toBe(0);
    linger.receive(1, false);
    await Promise.resolve();
    expect([isOver, pauses]).toEqual([false, 1]);
    linger.receive(MOST_DROPPED_BYTES, false);
    await Promise.resolve();
    expect([isOver, jest.getTimerCount()]).toEqual([true, 0]);
  });
});
