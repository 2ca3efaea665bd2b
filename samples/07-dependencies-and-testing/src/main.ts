import { randomBytes } from 'node:crypto';
import { createApp, printPlan } from '@sluice/core';
import { notesOptions } from './notes-options';

async function main() {
  const { PORT = '8000', NOTES_FILE = 'notes.json', SESSION_SECRET } = process.env;
  // With a random secret, users must log in again after a restart.
  const secret = SESSION_SECRET ?? randomBytes(32).toString('base64url');
  const app = await createApp(notesOptions(NOTES_FILE, secret));
  const { url } = await app.listen({ port: Number(PORT), host: '127.0.0.1' });
  console.log(printPlan(app.plan));
  console.log(`\nListening on ${url} (Ctrl-C stops it)`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
