import { describeWorker, formatThrown, isInTime, type WorkerNumbers } from '@sluice/core/kit';
import { formatHead, formatLabel, formatNumber } from './format-text';
import { listNames, parseText, type ParsedFamily, type Sample } from './parse-text';

/** A registry of another library, such as that of prom-client, that writes the text format of Prometheus, or OpenMetrics. */
export interface TextRegistry {
  metrics(): string | PromiseLike<string>;
}

/** Less than a worker may take to answer. */
const ANSWER_WITHIN_MS = 300;

/** The metrics of registries of other libraries, of which those stay out that would spoil the text. */
export class ForeignNumbers {
  /** Sentences for the log about the last reading. */
  problems: readonly string[] = [];
  private families: readonly ParsedFamily[] = [];
  /** The last answer of each registry. */
  private readonly last: (readonly ParsedFamily[])[];

  /** @param taken the names of the samples of other metrics */
  constructor(
    private readonly registries: readonly TextRegistry[],
    private readonly taken: ReadonlySet<string>,
  ) {
    this.last = registries.map(() => []);
  }

  get isEmpty(): boolean {
    return this.registries.length === 0;
  }

  /** Reads all of them at the same time. Never rejects. */
  async read(): Promise<WorkerNumbers> {
    const problems: string[] = [];
    const answers = this.registries.map(async (registry, index) => {
      try {
        return (this.last[index] = parseText(await readInTime(registry)));
      } catch (error) {
        problems.push(`A registry of metrics() could not be read: ${formatThrown(error)}`);
        return this.last[index]!.map(keepGrowing);
      }
    });
    const parsed = (await Promise.all(answers)).flat();
    this.families = this.keepOnes(parsed, problems);
    this.problems = problems;
    return list(this.families);
  }

  /** The lines of every metric that has a series, in this worker or another. */
  format(all: ReadonlyMap<string, readonly [head: string, values: readonly number[]][]>): string {
    const lines = this.families.map(({ name, type, help }) => {
      const samples = new Map((all.get(`|${name}`) ?? []).map(([head, [value = 0]]) => [head, value]));
      if (samples.size === 0) return '';
      const texts = Array.from(samples, ([head, value]) => `${head} ${formatNumber(value)}\n`);
      return formatHead(name, type, help) + texts.join('');
    });
    return lines.join('');
  }

  /** Those whose names are free; the others would make the whole text invalid. One that is empty is not missed. */
  private keepOnes(parsed: readonly ParsedFamily[], problems: string[]): ParsedFamily[] {
    const seen = new Set(this.taken);
    const isEmpty = ({ samples }: ParsedFamily): boolean => samples.length === 0;
    return [...parsed.filter((family) => !isEmpty(family)), ...parsed.filter(isEmpty)].filter((family) => {
      const names = listNames(family);
      const twice = names.find((name) => seen.has(name));
      if (twice === undefined) for (const name of names) seen.add(name);
      else if (!isEmpty(family))
        problems.push(`The metric ${family.name} of a registry is left out: there is another ${twice}.`);
      return twice === undefined;
    });
  }
}

async function readInTime(registry: TextRegistry): Promise<string> {
  const running = Promise.resolve(registry.metrics());
  if (await isInTime(running, Date.now() + ANSWER_WITHIN_MS)) return String(await running);
  throw new Error('It did not answer in time.');
}

/** Numbers that only grow can be added for all workers; of the others each worker has its own. */
function list(families: readonly ParsedFamily[]): WorkerNumbers {
  const counters: [string, number[]][] = [];
  const gauges: [string, number[]][] = [];
  const { id, count } = describeWorker();
  const worker = count > 1 ? formatLabel('worker', String(id)) : '';
  for (const family of families)
    for (const sample of family.samples) {
      const isGrowing = grows(family, sample);
      const entry: [string, number[]] = [
        `|${family.name}{${formatSampleHead(sample, isGrowing ? '' : worker)}}`,
        [sample.value],
      ];
      (isGrowing ? counters : gauges).push(entry);
    }
  return { counters: Object.fromEntries(counters), gauges: Object.fromEntries(gauges) };
}

function grows({ name, type }: ParsedFamily, sample: Sample): boolean {
  return type === 'counter' || type === 'histogram' || (type === 'summary' && sample.name !== name);
}

/** The part that counts while a registry does not answer: without it, the sums of all workers would fall. */
function keepGrowing(family: ParsedFamily): ParsedFamily {
  return { ...family, samples: family.samples.filter((sample) => grows(family, sample)) };
}

function formatSampleHead({ name, labels }: Sample, worker: string): string {
  const isNamed = /(?:^|,)worker="/.test(labels);
  const all = [isNamed ? '' : worker, labels].filter((text) => text !== '').join(',');
  return all === '' ? name : `${name}{${all}}`;
}
