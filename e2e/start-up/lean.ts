/** An application that uses very little: it listens, answers one request and ends. */
import { Controller, createApp, Get } from '@sluice/core';
import { cors } from '@sluice/cors';
import { trustedHost } from '@sluice/trusted-host';

@Controller('/')
class HelloController {
  @Get()
  hello() {
    return 'hello';
  }
}

async function main(): Promise<void> {
  const app = await createApp({
    controllers: [HelloController],
    middleware: [
      trustedHost({ allowedHosts: ['127.0.0.1'] }),
      cors({ allowOrigins: ['https://app.example'] }),
    ],
    development: false,
  });
  const { url } = await app.listen({ host: '127.0.0.1', port: 0 });
  if ((await (await fetch(url)).text()) !== 'hello') process.exitCode = 1;
  await app.close({ timeoutMs: 0 });
}

void main();
