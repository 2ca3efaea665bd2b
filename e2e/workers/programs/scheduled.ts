import { createApp, serve, type App } from '@sluice/core';
import { Interval, scheduler } from '@sluice/scheduler';

let app: App | undefined;

class Reports {
  @Interval(100) once() {
    print('once');
  }

  @Interval(100, { everyWorker: true }) everywhere() {
    print('everywhere');
  }
}

function print(task: string): void {
  console.log(`${task} ${app?.worker.id} ${process.pid}`);
}

/** Two workers with two tasks, which print their names, the number of the worker and its process. */
async function main(): Promise<void> {
  await serve(
    async () => {
      app = await createApp({ providers: [Reports], services: [scheduler()] });
      return app;
    },
    { port: 0, workers: 2 },
  );
}

void main();
