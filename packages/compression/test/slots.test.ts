import { Slots } from '../src/slots';

const never = (): AbortSignal => new AbortController().signal;

/** Who asks enters its name when it is let in. */
function ask(slots: Slots, name: string, log: string[], signal = never()): void {
  void Promise.resolve(slots.take(() => signal)).then((isGranted) =>
    log.push(isGranted ? name : `${name} left`),
  );
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Slots', () => {
  it('gives a free place at once, without asking for a signal', () => {
    const readSignal = jest.fn(never);
    expect(new Slots(1).take(readSignal)).toBe(true);
    expect(readSignal).not.toHaveBeenCalled();
  });

  it('lets in no more than there are places, first come first served', async () => {
    const slots = new Slots(2);
    const log: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) ask(slots, name, log);
    await settle();
    expect(log).toEqual(['a', 'b']);
    slots.release();
    await settle();
    expect(log).toEqual(['a', 'b', 'c']);
    slots.release();
    await settle();
    expect(log).toEqual(['a', 'b', 'c', 'd']);
  });

  it('has its places free again when all have left', () => {
    const slots = new Slots(1);
    for (let round = 0; round < 3; round += 1) {
      expect(slots.take(never)).toBe(true);
      slots.release();
    }
  });

  it('gives the turn of who went away to the next', async () => {
    const slots = new Slots(1);
    const log: string[] = [];
    const impatient = new AbortController();
    ask(slots, 'a', log);
    ask(slots, 'b', log, impatient.signal);
    ask(slots, 'c', log);
    impatient.abort();
    await settle();
    expect(log).toEqual(['a', 'b left']);
    slots.release();
    await settle();
    expect(log).toEqual(['a', 'b left', 'c']);
    slots.release();
    expect(slots.take(never)).toBe(true);
  });

  it('does not let anybody queue who is gone already', async () => {
    const slots = new Slots(1);
    expect(slots.take(never)).toBe(true);
    expect(await slots.take(() => AbortSignal.abort())).toBe(false);
  });
});
