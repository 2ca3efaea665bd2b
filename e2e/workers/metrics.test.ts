import { parseExposition, parseLabels } from '../../packages/metrics/test/parse-exposition';
import type { Program } from '../programs/program';
import { ENGINES } from '../sockets/engines';
import { until } from '../sockets/until';
import { listStarted, startProgram } from './start-workers';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(180_000);

const DURATION = 'http_server_request_duration_seconds';

/** A program with two workers, and the text that any of them answers with. */
class Measured {
  /** The requests that have been answered. */
  asked = 0;
  /** Those without an answer: they may have been counted. */
  private unsure = 0;
  /** The greatest value of each counter so far. */
  private readonly greatest = new Map<string, number>();

  private constructor(
    readonly program: Program,
    readonly url: string,
    readonly listener: string,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<Measured> {
    const program = startProgram('measured', env);
    const [, url = ''] = await program.waitFor(/workers listen on (http:\S+)\.\n/);
    const [, listener = ''] = await program.waitFor(/The metrics are at (http:\S+)\.\n/);
    return new Measured(program, url, listener);
  }

  /** Sends a request on a connection of its own. Returns the process that answered. */
  async ask(path = '/', timeoutMs = 60_000): Promise<number> {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(this.url + path, { headers: { connection: 'close' }, signal });
    const { pid } = (await response.json()) as { pid: number };
    this.asked += 1;
    return pid;
  }

  /** The same while workers are replaced: the answer may be lost. */
  async tryToAsk(): Promise<void> {
    try {
      await this.ask('/', 5000);
    } catch (error) {
      onlyRefusals(error);
      this.unsure += 1;
    }
  }

  /** Reads the metrics, and checks that no counter has fallen since the last time. */
  async scrape(
    url = `${this.url}/metrics`,
    signal = AbortSignal.timeout(60_000),
  ): Promise<{ pid: number; samples: Map<string, number> }> {
    const response = await fetch(url, { headers: { connection: 'close' }, signal });
    expect(response.status).toBe(200);
    const families = parseExposition(await response.text());
    const samples = new Map([...families.values()].flatMap((family) => [...family.samples]));
    for (const { type, samples: own } of families.values()) {
      if (type === 'gauge') continue;
      for (const [name, value] of own) {
        if (value < (this.greatest.get(name) ?? 0))
          throw new Error(`${name} fell from ${this.greatest.get(name)} to ${value}.`);
        this.greatest.set(name, value);
      }
    }
    for (const name of this.greatest.keys()) if (!samples.has(name)) throw new Error(`${name} has gone.`);
    return { pid: Number(response.headers.get('x-pid')), samples };
  }

  /** Waits until the sum of all workers is that of the requests that were answered: the end of one follows its answer. */
  async expectAll(): Promise<void> {
    await until(async () => countRequests((await this.scrape()).samples) >= this.asked);
    const count = countRequests((await this.scrape()).samples);
    expect(count - this.asked).toBeLessThanOrEqual(this.unsure);
    this.asked = count;
  }
}

function countRequests(samples: ReadonlyMap<string, number>): number {
  const counts = [...samples].filter(([name]) => name.startsWith(`${DURATION}_count`));
  return counts.reduce((sum, [, count]) => sum + count, 0);
}

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

describe('A supervisor that does not answer', () => {
  it('makes the answer a 503, until it answers again', async () => {
    const measured = await Measured.start({ SLUICE_ENGINE: 'uws' });
    await using program = measured.program;
    await measured.ask();
    await measured.expectAll();
    process.kill(program.pid, 'SIGSTOP');
    try {
      const response = await fetch(`${measured.url}/metrics`);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({ code: 'metrics_unavailable' });
    } finally {
      process.kill(program.pid, 'SIGCONT');
    }
    await measured.expectAll();
    expect(program.stderr).toContain('The supervisor of the workers did not answer.');
    expect(await program.stop('SIGTERM')).toBe(0);
  });
});

/** A connection that a killed or replaced worker had not accepted is lost: docs/workers.md. */
function onlyRefusals(error: unknown): void {
  // The errors of fetch are not of the realm of a test.
  if (!['TypeError', 'TimeoutError'].includes((error as Error).name)) throw error;
}
