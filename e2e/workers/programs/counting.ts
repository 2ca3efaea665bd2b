import { Controller, createApp, Get, Inject, OnStart, OnStop, serve } from '@sluice/core';
import { createClient } from 'redis';

/** Counts requests in Redis, over a connection that it opens when its application starts. */
class Counter {
  private readonly client = createClient({ url: process.env['REDIS_URL']!, name: 'provider' });

  @OnStart() async open(): Promise<void> {
    await this.client.connect();
  }

  @OnStop() async close(): Promise<void> {
    await this.client.close();
  }

  count(): Promise<number> {
    return this.client.incr('requests');
  }
}

@Controller()
class CountingController {
  // With its token, because tsx emits no types of parameters.
  constructor(@Inject(Counter) private readonly counter: Counter) {}

  @Get('/') async count() {
    return { pid: process.pid, count: await this.counter.count() };
  }

  @Get('/crash') crash() {
    process.exit(7);
  }
}

void serve(() => createApp({ controllers: [CountingController], providers: [Counter] }), {
  port: 0,
  workers: 2,
  onWorkerStart: ({ id, pid }) => console.log(`started ${id} ${pid}`),
});
