import http from 'node:http';
import { until } from '../../sockets/until';
import { REPLACEMENT_MS } from '../../sockets/within';
import { ask, startWorkers } from '../start-workers';

const CONNECTIONS = 20;
/** So many requests at least; all workers are replaced until then. */
const REQUESTS = Number(process.env['REQUESTS'] ?? 0);

/**
 * Counts requests, each on a new connection, while all workers are replaced, once or until there were REQUESTS. Prints
 * `{"answered":9000,"failed":0,"replaced":2}`; `replaced` is the number of workers.
 */
async function main(): Promise<void> {
  const { program, url } = await startWorkers();
  await using _ = program;
  const counts = { answered: 0, failed: 0, replaced: 0 };
  let isDone = false;
  const work = async (): Promise<void> => {
    while (!isDone) {
      if (await request(url)) counts.answered++;
      else counts.failed++;
    }
  };
  const workers = Array.from({ length: CONNECTIONS }, work);
  await new Promise((resolve) => setTimeout(resolve, 500));
  do {
    process.kill(program.pid, 'SIGHUP');
    counts.replaced += 2;
    const times = counts.replaced / 2;
    const countDone = (): number => (program.stdout.match(/All workers have been replaced/g) ?? []).length;
    await until(
      () => countDone() === times,
      () => program.stdout,
      REPLACEMENT_MS,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
  } while (counts.answered < REQUESTS);
  isDone = true;
  await Promise.all(workers);
  await ask(url);
  console.log(JSON.stringify(counts));
}

function request(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    http
      .get(url, { agent: false }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode === 200));
      })
      .once('error', (error) => {
        console.error(`A request failed: ${error.message}`);
        resolve(false);
      });
  });
}

void main();
