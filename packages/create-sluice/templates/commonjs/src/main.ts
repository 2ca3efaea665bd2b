import { printPlan } from '@sluice/core';
import { createMyApp } from './create-my-app';

async function main() {
  const app = await createMyApp();
  const { HOST = '127.0.0.1', PORT = '8000' } = process.env;
  const { url } = await app.listen({ host: HOST, port: Number(PORT) });
  console.log(printPlan(app.plan));
  console.log(`\nListening on ${url}: try it at ${url}/docs (Ctrl-C stops it)`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
