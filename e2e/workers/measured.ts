import { parseExposition } from '../../packages/metrics/test/parse-exposition';
import type { Program } from '../programs/program';
import { until } from '../sockets/until';
import { startProgram } from './start-workers';

const DURATION = 'http_server_request_duration_seconds';

/** A program with two workers, and the text that any of them answers with. */
export class Measured {
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
    try {
      const [, url = ''] = await program.waitFor(/workers listen on (http:\S+)\.\n/);
      const [, listener = ''] = await program.waitFor(/The metrics are at (http:\S+)\.\n/);
      return new Measured(program, url, listener);
    } catch (error) {
      await program[Symbol.asyncDispose]();
      throw error;
    }
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

/** The requests of all routes in a scrape. */
export function countRequests(samples: ReadonlyMap<string, number>): number {
  const counts = [...samples].filter(([name]) => name.startsWith(`${DURATION}_count`));
  return counts.reduce((sum, [, count]) => sum + count, 0);
}

/** A connection that a killed or replaced worker had not accepted is lost: docs/workers.md. */
export function onlyRefusals(error: unknown): void {
  // The errors of fetch are not of the realm of a test.
  if (!['TypeError', 'TimeoutError'].includes((error as Error).name)) throw error;
}
