import {
  ConfigurationError,
  type ConfigurationProblem,
  type Provider,
  type Service,
  type ServiceApp,
  type WorkMethod,
  type WorkPlan,
} from '@sluice/core';
import { invalidOption } from '@sluice/core/kit';
import { defineRecord, type JobDefinition, type JobRecord } from './job-definition';
import { Jobs } from './jobs';
import { JobWorker, type WorkedJob } from './job-worker';
import { loadLibraries } from './libraries';
import { checkQueueOptions, type QueueOptions } from './queue-options';
import { RedisJobs } from './redis-jobs';
import { RedisLink } from './redis-link';

/**
 * Makes the service that adds and does jobs on Redis, with BullMQ.
 *
 * @throws ConfigurationError when an option is unknown, missing or invalid, or when BullMQ is not installed
 * @example createApp({ services: [queue({ connection: 'redis://127.0.0.1:6379' })], providers: [ReportWriter] })
 */
export function queue(options: QueueOptions): Service {
  checkQueueOptions(options);
  return new QueueService(options);
}

class QueueService implements Service {
  readonly name = 'queue';
  readonly options: Readonly<Record<string, unknown>>;
  /** Lets the container give `Jobs`. */
  readonly providers: readonly Provider[];

  private readonly libraries = loadLibraries();
  private readonly given: Required<QueueOptions>;
  private readonly link: RedisLink;
  private readonly jobs: RedisJobs;
  private definitions: ReadonlyMap<string, JobDefinition> = new Map();
  private worked: readonly WorkedJob[] = [];
  private workers: readonly JobWorker[] = [];

  constructor({ connection, work = true, prefix = 'bull', timeoutMs = 2000 }: QueueOptions) {
    this.given = { connection, work, prefix, timeoutMs };
    this.link = new RedisLink(this.libraries, connection, timeoutMs);
    this.jobs = new RedisJobs(this.libraries, this.link, prefix);
    this.options = { ...this.given, connection: this.link.place };
    // The container disposes of what a factory makes: it can have connected although the application has not started.
    this.providers = [{ token: Jobs, useFactory: () => this.jobs }];
  }

  prepare(methods: readonly WorkMethod[]): readonly WorkPlan[] {
    const problems: ConfigurationProblem[] = [];
    const definitions = new Map<string, JobDefinition>();
    const places = new Map<string, string>();
    const worked: WorkedJob[] = [];
    const rows: WorkPlan[] = [];
    for (const { place, method, options, parameterTypes, call } of methods) {
      const definition = defineRecord(options as JobRecord, parameterTypes, place);
      const { name } = definition;
      problems.push(...definition.problems);
      const taken = places.get(name);
      if (taken !== undefined) {
        problems.push(describeTwins(place, name, taken));
        continue;
      }
      places.set(name, place);
      definitions.set(name, definition);
      if (!this.isWorked(name)) continue;
      worked.push({ definition, call });
      rows.push({ kind: 'JOB', when: name, name: place, steps: listSteps(definition, method) });
    }
    problems.push(...findCircles(definitions, places), ...this.findUnknown(definitions));
    if (problems.length > 0) throw new ConfigurationError(problems);
    this.definitions = definitions;
    this.worked = worked;
    return rows;
  }

  async start({ logger }: ServiceApp): Promise<void> {
    this.link.outage.logTo(logger);
    await this.jobs.connect();
    const { libraries, definitions, given } = this;
    const { connection, prefix } = given;
    const findDefinition = (name: string) => definitions.get(name);
    const context = { libraries, connection, prefix, logger, findDefinition };
    this.workers = this.worked.map((job) => new JobWorker(job, context));
  }

  /** Waits for the jobs in progress. Without Redis they cannot finish, so nothing waits. */
  async stop(deadline: number): Promise<void> {
    const canFinish = this.workers.length > 0 && (await this.link.isAnswering());
    await Promise.all(this.workers.map((worker) => worker.close(deadline, canFinish)));
    await this.jobs.close();
  }

  private isWorked(name: string): boolean {
    const { work } = this.given;
    return typeof work === 'boolean' ? work : work.includes(name);
  }

  private findUnknown(known: ReadonlyMap<string, unknown>): readonly ConfigurationProblem[] {
    const { work } = this.given;
    if (typeof work === 'boolean') return [];
    const unknown = work.filter((name) => !known.has(name)).map((name) => JSON.stringify(name));
    if (unknown.length === 0) return [];
    return [invalidOption('queue()', 'work', `names ${unknown.join(', ')}, which no method with @Job does`)];
  }
}

/** `attempts(3)`, `validate(ReportOrder)`, `write`. */
function listSteps({ check, options }: JobDefinition, method: string) {
  const { concurrency = 1, attempts = 1, deadLetter } = options;
  return [
    ...(concurrency > 1 ? [`concurrency(${concurrency})`] : []),
    ...(attempts > 1 ? [`attempts(${attempts})`] : []),
    ...(deadLetter === undefined ? [] : [`deadLetter(${deadLetter})`]),
    ...(check.name === undefined ? [] : [`validate(${check.name})`]),
    method,
  ];
}

/** A dead letter that fails becomes a dead letter itself, so a circle of jobs could pass one on for ever. */
function findCircles(
  definitions: ReadonlyMap<string, JobDefinition>,
  places: ReadonlyMap<string, string>,
): readonly ConfigurationProblem[] {
  const findNext = (name: string): string | undefined => definitions.get(name)?.options.deadLetter;
  return [...definitions.keys()].flatMap((name) => {
    const circle = [name];
    let next = findNext(name);
    for (; next !== undefined && !circle.includes(next); next = findNext(next)) circle.push(next);
    // That of a job to itself is found with its other options.
    if (next !== name || circle.length === 1) return [];
    const text = [...circle, name].join(' > ');
    return [invalidOption(places.get(name)!, 'deadLetter', `leads back to the same job: ${text}`)];
  });
}

function describeTwins(place: string, name: string, other: string): ConfigurationProblem {
  return {
    code: 'OPTION_INVALID',
    place,
    fault: `The job ${JSON.stringify(name)} is that of ${other} too, so each of them would get some of it.`,
    cure: 'Give one of the two another name.',
  };
}
