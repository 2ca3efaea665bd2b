import { EventEmitter } from 'node:events';

/** A call that the client under test was given. */
export interface FakeCall {
  readonly command: 'evalsha' | 'eval';
  readonly text: string;
  readonly keys: readonly string[];
  readonly values: readonly string[];
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A client in the form of node-redis that answers when the test says so. */
export class FakeNodeRedis extends EventEmitter {
  readonly calls: FakeCall[] = [];

  constructor(readonly options: object = { disableOfflineQueue: true }) {
    super();
  }

  evalSha(sha1: string, { keys = [], arguments: values = [] }: Given = {}): Promise<unknown> {
    return this.note('evalsha', sha1, keys, values);
  }

  eval(source: string, { keys = [], arguments: values = [] }: Given = {}): Promise<unknown> {
    return this.note('eval', source, keys, values);
  }

  private note(command: FakeCall['command'], text: string, keys: string[], values: string[]) {
    return new Promise((resolve, reject) =>
      this.calls.push({ command, text, keys, values, resolve, reject }),
    );
  }
}

/** The same in the form of ioredis. */
export class FakeIoredis extends EventEmitter {
  readonly calls: FakeCall[] = [];

  constructor(
    readonly options: object = { enableOfflineQueue: false, maxRetriesPerRequest: 0 },
    readonly isCluster?: boolean,
  ) {
    super();
  }

  evalsha(sha1: string, count: number, ...rest: string[]): Promise<unknown> {
    return this.note('evalsha', sha1, count, rest);
  }

  eval(source: string, count: number, ...rest: string[]): Promise<unknown> {
    return this.note('eval', source, count, rest);
  }

  private note(command: FakeCall['command'], text: string, count: number, rest: string[]) {
    const [keys, values] = [rest.slice(0, count), rest.slice(count)];
    return new Promise((resolve, reject) =>
      this.calls.push({ command, text, keys, values, resolve, reject }),
    );
  }
}

interface Given {
  readonly keys?: string[];
  readonly arguments?: string[];
}
