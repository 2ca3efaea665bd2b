import { InFlight } from '../../src/engine/in-flight';

describe('InFlight', () => {
  it('is idle at first', async () => {
    await new InFlight().waitUntilIdle(60_000);
  });

  it('waits for the last promise', async () => {
    const inFlight = new InFlight();
    const ends: (() => void)[] = [];
    for (let count = 0; count < 2; count++) inFlight.track(new Promise((resolve) => ends.push(resolve)));
    let isIdle = false;
    const idle = inFlight.waitUntilIdle(60_000).then(() => (isIdle = true));
    ends[0]!();
    await new Promise(setImmediate);
    expect(isIdle).toBe(false);
    ends[1]!();
    await idle;
  });

  it('waits no longer than the timeout', async () => {
    const inFlight = new InFlight();
    inFlight.track(new Promise(() => {}));
    await inFlight.waitUntilIdle(1);
  });
});
