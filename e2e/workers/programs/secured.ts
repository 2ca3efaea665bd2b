import { createApp, serve } from '@sluice/core';

/** An application on two workers that end TLS, with the files TLS_KEY and TLS_CERT. */
void serve(
  () =>
    createApp({
      routes: [
        {
          method: 'GET',
          path: '/',
          handler: ({ request: { protocol } }) => ({ pid: process.pid, protocol }),
        },
      ],
    }),
  { port: 0, workers: 2, tls: { key: process.env['TLS_KEY']!, cert: process.env['TLS_CERT']! } },
);
