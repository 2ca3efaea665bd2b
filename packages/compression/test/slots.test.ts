import { Slots } from '../src/slots';

const never = (): AbortSignal => new AbortController().signal;

/** Takes a slot under a name, and logs when it is granted or given up. */
function ask(slots: Slots, name: string, log: string[], signal = never()): void {
  void Promise.resolve(slots.take(() => signal)).then((isGranted) =>
    log.push(isGranted ? name : `${name} gave up`),
  );
}

const turnLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Slots', () => {
  it('grants a free slot at once, without reading the signal', () => {
    const readSignal = jest.fn(never);
    expect(new Slots(1).take(readSignal)).toBe(true);
    expect(readSignal).not.toHaveBeenCalled();
  });

  it('grants no more slots than it has, first come, first served', async () => {
    const slots = new Slots(2);
    const log: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) ask(slots, name, log);
    await turnLoop();
    expect(log).toEqual(['a', 'b']);
    slots.release();
    await turnLoop();
    expect(log).toEqual(['a', 'b', 'c']);
    slots.release();
    await turnLoop();
    expect(log).toEqual(['a', 'b', 'c', 'd']);
  });

  it('frees a slot that is released', () => {
    const slots = new Slots(1);
    for (let round = 0; round < 3; round += 1) {
      expect(slots.take(never)).toBe(true);
      slots.release();
    }
  });

  it('passes over a caller that has given up', async () => {
    const slots = new Slots(1);
    const log: string[] = [];
    const impatient = new AbortController();
    ask(slots, 'a', log);
    ask(slots, 'b', log, impatient.signal);
    ask(slots, 'c', log);
    impatient.abort();
    await turnLoop();
    expect(log).toEqual(['a', 'b gave up']);
    slots.release();
    await turnLoop();
    expect(log).toEqual(['a', 'b gave up', 'c']);
    slots.release();
    expect(slots.take(never)).toBe(true);
  });

  it('does not queue a caller whose signal has aborted', async () => {
    const slots = new Slots(1);
    expect(slots.take(never)).toBe(true);
    expect(await slots.take(() => AbortSignal.abort())).toBe(false);
  });
});
