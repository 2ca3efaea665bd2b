import { parseLabels } from '../../packages/metrics/test/parse-exposition';
import { ENGINES } from '../sockets/engines';
import { countRequests, Measured, onlyRefusals } from './measured';
import { listStarted } from './start-workers';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(180_000);

describe.each(ENGINES)('The metrics of two workers, on the engine %s', (SLUICE_ENGINE) => {
  it('are the same sums from either, and never fall, also when one is killed and all are replaced', async () => {
    const measured = await Measured.start({ SLUICE_ENGINE });
    await using program = measured.program;
    const answered = new Set<number>();
    while (answered.size < 2 || measured.asked < 50) answered.add(await measured.ask());
    await measured.expectAll();

    const scraped = new Set<number>();
    while (scraped.size < 2) {
      const { pid, samples } = await measured.scrape();
      scraped.add(pid);
      expect(countRequests(samples)).toBe(measured.asked);
      expect(samples.get('orders_total{kind="book"}')).toBe(measured.asked);
      expect(samples.get('theirs_total')).toBe(measured.asked);
      expect([samples.get('open'), samples.get('most')]).toEqual([2, 2]);
      expect([1, 2].map((id) => samples.get(`their_level{worker="${id}"}`))).toEqual([1, 2]);
      for (const id of ['1', '2'])
        expect(samples.get(`process_resident_memory_bytes{worker="${id}"}`)).toBeGreaterThan(1e6);
    }
    expect([...scraped].sort()).toEqual([...answered].sort());

    const [first] = listStarted(program);
    process.kill(first!.pid, 'SIGKILL');
    while (listStarted(program).length < 3)
      await measured.scrape(undefined, AbortSignal.timeout(2000)).catch(onlyRefusals);
    expect(countRequests((await measured.scrape()).samples)).toBe(measured.asked);

    process.kill(program.pid, 'SIGHUP');
    while (!program.stdout.includes('All workers have been replaced.')) {
      await measured.tryToAsk();
      await measured.scrape(undefined, AbortSignal.timeout(5000)).catch(onlyRefusals);
    }
    await measured.expectAll();
    const { samples } = await measured.scrape(measured.listener);
    expect(countRequests(samples)).toBe(measured.asked);
    for (const name of samples.keys())
      if (name.includes('worker='))
        expect(['1', '2']).toContain(parseLabels(/\{(.*)\}/.exec(name)![1]!)['worker']);
    expect(await program.stop('SIGTERM')).toBe(0);
  });
});

describe('A worker that does not answer', () => {
  it('is answered for by its last numbers', async () => {
    const measured = await Measured.start();
    await using program = measured.program;
    const blocked = await measured.ask('/block');
    await measured.expectAll();
    // A scrape that meets the blocked worker itself waits for it.
    const signal = AbortSignal.timeout(60_000);
    for (let pid = blocked; pid === blocked && !signal.aborted;) {
      const other = await measured.scrape();
      pid = other.pid;
      expect(countRequests(other.samples)).toBe(measured.asked);
    }
    expect(await program.stop('SIGTERM')).toBe(0);
  });
});
