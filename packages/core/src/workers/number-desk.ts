import { isInTime } from '../http/calls/is-in-time';
import type { MaybePromise } from '../http/maybe-promise';
import type { SharedNumbers, WorkerNumbers } from './shared-numbers';
import { isWorkerMessage, type NumbersReport } from './worker-message';

/** Longer than the supervisor waits for the other workers. */
const GIVE_UP_AFTER_MS = 2000;
const REPORT_EVERY_MS = 10_000;
/** The reports end when there has been no question for so long. */
const ASKED_WITHIN_MS = 300_000;
const LEAVE_AFTER_MS = 1000;

/** The end of a worker, which is its `process`. */
export interface Channel {
  readonly connected: boolean;
  send?(report: NumbersReport, handle: undefined, options: undefined, done: Done): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

type Done = (error: Error | null) => void;

type Read = () => MaybePromise<WorkerNumbers>;
type Settle = (numbers: SharedNumbers) => void;

/** Hands the numbers of a worker to its supervisor, and gets the sums from it. It has no timer until somebody asks. */
export class NumberDesk {
  private readonly topics = new Map<string, Topic>();
  private readonly questions = new Map<number, Settle>();
  private lastQuestion = 0;
  private askedAt = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly channel: Channel = process) {
    channel.on('message', (message) => {
      if (!isWorkerMessage(message)) return;
      if (message.sluice === 'read') void this.report(message.topic, { answers: message.asks });
      if (message.sluice === 'sums') this.questions.get(message.answers)?.(message.numbers);
    });
  }

  /** Shares a topic. Returns the function that asks for the sums. */
  open(name: string, read: Read): () => Promise<SharedNumbers> {
    if (this.topics.has(name)) throw new Error(`The topic ${JSON.stringify(name)} is shared already.`);
    const topic = new Topic(read);
    this.topics.set(name, topic);
    return async () => {
      this.noteQuestion();
      const numbers = await topic.read();
      return this.ask({ sluice: 'numbers', topic: name, numbers, asks: ++this.lastQuestion });
    };
  }

  /** Reports every topic. Never rejects, and takes a second at most. */
  async reportAll(): Promise<void> {
    clearInterval(this.timer);
    const reports = Promise.all([...this.topics.keys()].map((name) => this.report(name)));
    await isInTime(reports, Date.now() + LEAVE_AFTER_MS);
  }

  private ask(report: NumbersReport & { readonly asks: number }): Promise<SharedNumbers> {
    const { asks } = report;
    return new Promise<SharedNumbers>((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        this.questions.delete(asks);
        settle();
      };
      const fail = (): void => end(() => reject(new Error('The supervisor of the workers did not answer.')));
      const timer = setTimeout(fail, GIVE_UP_AFTER_MS);
      this.questions.set(asks, (numbers) => end(() => resolve(numbers)));
      this.send(report).catch(fail);
    });
  }

  /** Never rejects. */
  private async report(name: string, more: { readonly answers?: number } = {}): Promise<void> {
    if (more.answers !== undefined) this.noteQuestion();
    let numbers: WorkerNumbers | null = null;
    try {
      numbers = (await this.topics.get(name)?.read()) ?? null;
    } catch {
      // The supervisor has the numbers before these.
    }
    await this.send({ sluice: 'numbers', topic: name, numbers, ...more }).catch(() => undefined);
  }

  /** From the first question on, a worker that is killed takes less with it. */
  private noteQuestion(): void {
    this.askedAt = performance.now();
    this.timer ??= setInterval(() => {
      if (performance.now() - this.askedAt < ASKED_WITHIN_MS) return void this.reportEach();
      clearInterval(this.timer);
      this.timer = undefined;
    }, REPORT_EVERY_MS).unref();
  }

  private reportEach(): void {
    for (const name of this.topics.keys()) void this.report(name);
  }

  private send(report: NumbersReport): Promise<void> {
    const { channel } = this;
    return new Promise((resolve, reject) => {
      if (channel.send === undefined || !channel.connected)
        return reject(new Error('The supervisor has ended.'));
      channel.send(report, undefined, undefined, (error) => (error === null ? resolve() : reject(error)));
    });
  }
}

/** Reads once for all who ask meanwhile, so that later numbers never overtake earlier ones on their way. */
class Topic {
  private reading: Promise<WorkerNumbers> | undefined;

  constructor(private readonly take: Read) {}

  read(): Promise<WorkerNumbers> {
    return (this.reading ??= this.begin());
  }

  private async begin(): Promise<WorkerNumbers> {
    try {
      return await this.take();
    } finally {
      this.reading = undefined;
    }
  }
}
