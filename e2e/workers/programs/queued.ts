import { setTimeout as wait } from 'node:timers/promises';
import { createApp, serve } from '@sluice/core';
import { Job, Jobs, queue } from '@sluice/queue';

class Meeting {
  constructor(private readonly jobs: Jobs) {}

  /** Ends when two jobs are under way, which takes two processes: each does one at once. */
  @Job('meet', { validate: false })
  async meet(name: string): Promise<void> {
    const bull = this.jobs.bull(Meeting, 'meet');
    let count = 0;
    while (count < 2) {
      await wait(20);
      const { active = 0, completed = 0 } = await bull.getJobCounts('active', 'completed');
      count = active + completed;
    }
    console.log(`${name} met in ${process.pid}`);
  }
}

/** Two workers with a queue. The first one adds two jobs. */
async function main(): Promise<void> {
  const connection = process.env['REDIS_URL']!;
  await serve(
    () =>
      createApp({
        providers: [{ token: Meeting, useFactory: (jobs: Jobs) => new Meeting(jobs), inject: [Jobs] }],
        services: [queue({ connection })],
        onStart: async (app) => {
          if (app.worker.id !== 1) return;
          for (const name of ['ada', 'grace']) await app.get(Jobs).add(Meeting, 'meet', name);
        },
      }),
    { port: 0, workers: 2 },
  );
}

void main();
