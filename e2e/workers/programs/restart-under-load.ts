import http from 'node:http';
import { ask, startWorkers } from '../start-workers';

const CONNECTIONS = 20;
const SECONDS = 3;

/** Counts requests, each on a new connection, while all workers are replaced. Prints `{"answered":9000,"failed":0}`. */
async function main(): Promise<void> {
  const { program, url } = await startWorkers();
  await using _ = program;
  const counts = { answered: 0, failed: 0 };
  let isDone = false;
  const work = async (): Promise<void> => {
    while (!isDone) {
      if (await request(url)) counts.answered++;
      else counts.failed++;
    }
  };
  const workers = Array.from({ length: CONNECTIONS }, work);
  await new Promise((resolve) => setTimeout(resolve, 500));
  process.kill(program.pid, 'SIGHUP');
  await program.waitFor(/All workers have been replaced/);
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 100));
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
      .once('error', () => resolve(false));
  });
}

void main();
