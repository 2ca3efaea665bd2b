import { printPlan } from '@sluice/core';
import { createQuickstart } from './create-quickstart';

async function main() {
  const { PORT = '8000', SESSION_SECRET: sessionSecret } = process.env;
  if (sessionSecret === undefined) {
    console.warn(
      'SESSION_SECRET is not set: sessions are signed with a development secret that is public.\n',
    );
  }
  const app = await createQuickstart(sessionSecret === undefined ? {} : { sessionSecret });
  const { url } = await app.listen({ port: Number(PORT), host: '127.0.0.1' });
  console.log(printPlan(app.plan));
  console.log(`\nOpen ${url}/docs (Ctrl-C stops it)`);
}

// The message of a start-up error lists all mistakes.
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
