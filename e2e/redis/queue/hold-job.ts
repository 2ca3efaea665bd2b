import { BriefWorker, startWork } from './work';

/** A worker in a process of its own, which begins jobs and never ends one. */
async function main(): Promise<void> {
  const one = await startWork(process.env['REDIS_URL']!, {}, [], BriefWorker);
  one.worker.work = (_, { id }) => {
    console.log(`began ${id}`);
    return new Promise(() => undefined);
  };
  console.log('ready');
}

void main();
