import { createApp, serve } from '@sluice/core';
import { memoryStore, session } from '@sluice/session';

/** An application with sessions in memory, on as many workers as SLUICE_WORKERS says. Prints the processes that make it. */
async function main(): Promise<void> {
  const { url } = await serve(
    () => {
      console.log(`made in ${process.pid}`);
      const secretKey = 'a secret of at least thirty-two bytes';
      return createApp({
        middleware: [session({ secretKey, store: memoryStore() })],
        routes: [{ method: 'GET', path: '/', handler: ({ app }) => app.worker }],
      });
    },
    { port: 0 },
  );
  console.log(`goes on in ${process.pid}, ${url}`);
}

void main();
