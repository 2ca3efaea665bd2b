import { printPlan } from '@sluice/core';
import { createNotes } from './create-notes.ts';

async function main() {
  const app = await createNotes();
  const { url } = await app.listen({ port: Number(process.env['PORT'] ?? '8000'), host: '127.0.0.1' });
  console.log(printPlan(app.plan));
  console.log(`\nOpen ${url}/notes (Ctrl-C stops it)`);
}

// The message of a start-up error lists all mistakes.
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
