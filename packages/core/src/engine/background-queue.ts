import type { TaskLimit } from '../http/after-response';
import { InFlight } from './in-flight';

/** How many background tasks an application may have. */
export interface BackgroundOptions {
  /** The most tasks that run at once; default 1000. The tasks of one request always run one after another. */
  readonly concurrency?: number;
  /** The most tasks that wait besides those that run; default 10000. A request that adds one more is answered 503. */
  readonly maxQueued?: number;
}

/** The background tasks of all requests of an application: bounds how many run at once, and how many there are. */
export class BackgroundQueue implements TaskLimit {
  private readonly concurrency: number;
  private readonly maxTasks: number;
  private tasks = 0;
  /** The requests whose tasks run. */
  private running = 0;
  /** The requests whose tasks run or wait. */
  private readonly inFlight = new InFlight();
  private first: Waiting | undefined;
  private last: Waiting | undefined;
  private isOpen = false;

  constructor({ concurrency = 1000, maxQueued = 10_000 }: BackgroundOptions = {}) {
    this.concurrency = concurrency;
    this.maxTasks = concurrency + maxQueued;
  }

  get isFull(): boolean {
    return this.tasks >= this.maxTasks;
  }

  add(): void {
    this.tasks++;
  }

  end(count: number): void {
    this.tasks -= count;
  }

  /** Takes a place to run the tasks of a request, until `leave`. Undefined: there is one now; else it waits for its turn. */
  enter(): Promise<void> | undefined {
    this.inFlight.enter();
    if (this.isOpen || this.running < this.concurrency) {
      this.running++;
      return undefined;
    }
    return new Promise((resolve) => this.append({ goOn: resolve, next: undefined }));
  }

  /** Gives the place to the request that has waited the longest. */
  leave(): void {
    this.running--;
    this.inFlight.leave();
    if (this.first !== undefined) this.admitFirst();
  }

  /** Lets everything go on: the application has closed, and no task will run. */
  open(): void {
    this.isOpen = true;
    while (this.first !== undefined) this.admitFirst();
  }

  /** Resolves when no tasks run or wait, or after the timeout. */
  waitUntilIdle(timeoutMs: number): Promise<void> {
    return this.inFlight.waitUntilIdle(timeoutMs);
  }

  private append(waiting: Waiting): void {
    if (this.last === undefined) this.first = waiting;
    else this.last.next = waiting;
    this.last = waiting;
  }

  private admitFirst(): void {
    const { goOn, next } = this.first!;
    this.first = next;
    if (next === undefined) this.last = undefined;
    this.running++;
    goOn();
  }
}

/** A request in the queue: a linked list, because to take the first item of a long array moves all others. */
interface Waiting {
  readonly goOn: () => void;
  next: Waiting | undefined;
}
