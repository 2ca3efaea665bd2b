import { randomUUID } from 'node:crypto';
import type { Class } from '@sluice/core';
import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { defineJob, type JobDefinition } from './job-definition';
import { isFindable } from './job-id';
import type { JobQueue } from './job-queue';
import { Jobs, type AddOptions, type JobState } from './jobs';
import type { Libraries } from './libraries';
import { readAddOptions } from './read-add-options';
import type { RedisLink } from './redis-link';
import { toBullOptions } from './to-bull-options';
import { writePayload } from './write-payload';

type Named = JobQueue | Class;

/** Jobs in Redis. */
export class RedisJobs extends Jobs {
  /** The queues of BullMQ by their names, each with its connection. */
  private readonly queues = new Map<string, { readonly client: Redis; readonly queue: Queue }>();
  /** Whether an application that has started uses them. */
  private isStarted = false;

  constructor(
    private readonly libraries: Libraries,
    private readonly link: RedisLink,
    private readonly prefix: string,
  ) {
    super();
  }

  async add(named: Named, ...given: readonly unknown[]): Promise<string> {
    const [definition, [payload, options = {}]] = split(named, given);
    const added = readAddOptions(options as AddOptions);
    const data = writePayload(definition.name, payload);
    await definition.check.run(data);
    const jobId = added.jobId ?? randomUUID();
    const queue = this.open(definition.name);
    const settings = { ...toBullOptions(definition.options), ...added, jobId };
    await this.link.send(() => queue.add(definition.name, data, settings));
    return jobId;
  }

  async find<Result>(named: Named, ...given: readonly unknown[]): Promise<JobState<Result> | undefined> {
    const [definition, [id]] = split(named, given);
    // Clients send ids, and other keys are not jobs.
    if (!isFindable(id)) return undefined;
    const queue = this.open(definition.name);
    return this.link.send(async () => {
      // The state comes first: if it is `completed`, the job that is read after it has the result.
      const state = await queue.getJobState(id);
      const job = (await queue.getJob(id)) as Job<unknown, unknown> | undefined;
      if (job === undefined || state === 'unknown') return undefined;
      const { attemptsMade, timestamp, progress, returnvalue, failedReason } = job;
      return {
        id,
        state: STATES.get(state) ?? 'waiting',
        attempts: attemptsMade,
        addedAt: new Date(timestamp),
        ...(progress !== 0 && { progress }),
        ...(state === 'completed' && returnvalue !== null && { result: returnvalue as Result }),
        ...(failedReason !== undefined && { failure: failedReason }),
      };
    });
  }

  bull(named: Named, ...given: readonly unknown[]): Queue {
    return this.open(split(named, given)[0].name);
  }

  async connect(): Promise<void> {
    this.isStarted = true;
    await this.link.open();
  }

  async close(): Promise<void> {
    this.isStarted = false;
    for (const { queue } of this.queues.values()) await queue.close();
    this.queues.clear();
    this.link.close();
  }

  /** The end of an application, which may have added jobs without a start. Another one may have the same service. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.isStarted) await this.close();
  }

  private open(name: string): Queue {
    const { client } = this.link;
    const opened = this.queues.get(name);
    if (opened?.client === client) return opened.queue;
    const queue = new this.libraries.bullmq.Queue(name, {
      connection: client,
      prefix: this.prefix,
      // Commands fail at once if Redis is down, and none is sent before the first job.
      skipWaitingForReady: true,
      skipVersionCheck: true,
      skipMetasUpdate: true,
    });
    // The link reports that Redis is away, and a failed command rejects.
    queue.on('error', () => undefined);
    this.queues.set(name, { client, queue });
    return queue;
  }
}

const STATES: ReadonlyMap<string, JobState['state']> = new Map([
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['delayed', 'delayed'],
  ['active', 'active'],
] as const);

/** Separates the job, named by one or two arguments, from what follows. */
function split(named: Named, given: readonly unknown[]): readonly [JobDefinition, readonly unknown[]] {
  if (typeof named !== 'function') return [defineJob(named), given];
  const [method, ...others] = given;
  return [defineJob(named, method as string), others];
}
