import { printPlan } from '@sluice/core';
import { createAuthAndSessions } from './create-auth-and-sessions';

async function main() {
  const { PORT = '8000', SESSION_SECRET: sessionSecret } = process.env;
  if (sessionSecret === undefined) {
    console.warn(
      'SESSION_SECRET is not set: sessions are signed with a development secret that is public.\n',
    );
  }
  const app = await createAuthAndSessions(sessionSecret === undefined ? {} : { sessionSecret });
  const { url } = await app.listen({ port: Number(PORT), host: '127.0.0.1' });
  console.log(printPlan(app.plan));
  console.log(`\nOpen ${url}/ and log in as ada, 'analytical engine', or ben, 'kites and lightning'.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
