import { addSeries, type SharedNumbers, type WorkerNumbers } from './shared-numbers';
import type { NumbersReport, WorkerOrder } from './worker-message';

/** A worker that has not answered after so many milliseconds is answered for by its last numbers. */
const ANSWER_WITHIN_MS = 500;

/** A worker, as far as its numbers are concerned. */
export interface PoolMember {
  readonly id: number;
  /** It listens, and its channel is open. */
  readonly isAsked: boolean;
  send(order: WorkerOrder): void;
}

interface Topic {
  /** The sums of the workers that have ended. */
  readonly ended: Map<string, number[]>;
  /** The last numbers of each of the others. */
  readonly last: Map<PoolMember, WorkerNumbers>;
}

interface Question {
  readonly waitsFor: Set<PoolMember>;
  answer(): void;
}

/**
 * The numbers of all workers, kept by their supervisor. Every number that an answer contains is kept until a later one
 * of the same worker replaces it, so no answer is below an earlier one, even if workers are killed in between.
 */
export class NumberPool {
  private readonly topics = new Map<string, Topic>();
  private readonly questions = new Map<number, Question>();
  private lastQuestion = 0;

  /** @param members all workers that have not ended */
  constructor(private readonly members: Iterable<PoolMember>) {}

  /** Takes what a worker reports; answers it, if it asks for the sums. */
  receive(member: PoolMember, { topic: name, numbers, answers, asks }: NumbersReport): void {
    const topic = this.open(name);
    // null: it has not shared the topic yet, or could not read its numbers.
    if (numbers !== null) topic.last.set(member, numbers);
    if (answers !== undefined) this.settle(answers, member);
    if (asks !== undefined) this.ask(member, name, asks);
  }

  /** The channel of a worker has closed: nothing more comes from it. */
  remove(member: PoolMember): void {
    for (const { ended, last } of this.topics.values()) {
      const numbers = last.get(member);
      if (numbers !== undefined) addSeries(ended, numbers.counters);
      last.delete(member);
    }
    for (const question of this.questions.keys()) this.settle(question, member);
  }

  private ask(asker: PoolMember, topic: string, asks: number): void {
    const question = ++this.lastQuestion;
    const waitsFor = new Set([...this.members].filter((member) => member !== asker && member.isAsked));
    const answer = (): void => {
      clearTimeout(timer);
      this.questions.delete(question);
      asker.send({ sluice: 'sums', topic, answers: asks, numbers: this.sum(topic) });
    };
    const timer = setTimeout(answer, ANSWER_WITHIN_MS).unref();
    if (waitsFor.size === 0) return answer();
    this.questions.set(question, { waitsFor, answer });
    for (const member of [...waitsFor]) member.send({ sluice: 'read', topic, asks: question });
  }

  private settle(question: number, member: PoolMember): void {
    const { waitsFor, answer } = this.questions.get(question) ?? {};
    if (waitsFor?.delete(member) && waitsFor.size === 0) answer!();
  }

  private sum(name: string): SharedNumbers {
    const { ended, last } = this.open(name);
    const counters = new Map([...ended].map(([series, values]) => [series, [...values]]));
    for (const numbers of last.values()) addSeries(counters, numbers.counters);
    return {
      counters: Object.fromEntries(counters),
      gauges: Array.from(last, ([{ id }, { gauges }]) => ({ worker: id, values: gauges })),
    };
  }

  private open(name: string): Topic {
    const known = this.topics.get(name);
    if (known !== undefined) return known;
    const topic: Topic = { ended: new Map(), last: new Map() };
    this.topics.set(name, topic);
    return topic;
  }
}
