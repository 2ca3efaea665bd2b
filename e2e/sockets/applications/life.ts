import { Injectable, OnStart, OnStop } from '@sluice/core';
import { serve } from '../serve';

const seen: string[] = [];
// Keeps the process alive while the database is connected.
let connection: NodeJS.Timeout | undefined;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

@Injectable()
class Database {
  @OnStart() async connect() {
    await new Promise((resolve) => setImmediate(resolve));
    connection = setInterval(() => undefined, 1000);
    seen.push('database up');
  }
  @OnStop() async close() {
    await new Promise((resolve) => setImmediate(resolve));
    clearInterval(connection);
    print('database down');
  }
}

@Injectable()
class Worker {
  constructor(readonly database: Database) {}
  @OnStart() start() {
    if (process.env['FAIL'] !== undefined) throw new Error('no queue');
    seen.push('worker up');
  }
  @OnStop() stop() {
    print('worker down');
  }
}

void serve({
  providers: [
    Worker,
    { token: 'pool', useFactory: () => ({ [Symbol.asyncDispose]: async () => print('pool disposed') }) },
  ],
  routes: [{ method: 'GET', path: '/', handler: () => seen }],
}).catch((error: unknown) => {
  // An uncaught error would end the process, even if something in it still runs.
  process.exitCode = 1;
  print(String(error));
});
