import { printPlan } from '@sluice/core';
import { createSiteAndApi } from './create-site-and-api';

async function main() {
  const app = await createSiteAndApi();
  const { url } = await app.listen({ port: Number(process.env.PORT ?? 8000), host: '127.0.0.1' });
  console.log(printPlan(app.plan));
  console.log(`\nOpen ${url}/ (Ctrl-C stops it)`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
