import { createApp, html, type App } from '@sluice/core';

/** A server with an empty page, from which scripts call servers of other origins. */
export interface PageServer {
  readonly app: App;
  readonly port: number;
  /** `http://127.0.0.1:1234` */
  readonly origin: string;
}

/** Serves an empty page at `/`. */
export async function servePage(): Promise<PageServer> {
  const page = html('<!doctype html><title>A page elsewhere</title><link rel="icon" href="data:,">');
  const app = await createApp({ routes: [{ method: 'GET', path: '/', handler: () => page }] });
  const { port, url: origin } = await app.listen({ port: 0, handleSignals: false });
  return { app, port, origin };
}
