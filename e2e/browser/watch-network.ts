import { setTimeout as wait } from 'node:timers/promises';
import { type Page } from 'playwright-core';

/** The browser reports exchanges from another process than the script's result, so reports may come later. */
const REPORTED_WITHIN_MS = 20_000;

/** A request and its response as they are on the wire, preflights included. Header names are in lower case. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly isPreflight: boolean;
  requestHeaders: Record<string, string>;
  status: number | undefined;
  responseHeaders: Record<string, string>;
}

/** Collects the exchanges of a page from now on, including the parts that scripts cannot see. */
export async function watchNetwork(page: Page): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  const byId = new Map<string, Exchange>();
  const session = await page.context().newCDPSession(page);
  // The headers on the wire may be reported before their request.
  const early = new Map<string, Partial<Exchange>>();
  const note = (id: string, part: Partial<Exchange>): void => {
    const exchange = byId.get(id);
    if (exchange === undefined) early.set(id, { ...early.get(id), ...part });
    else Object.assign(exchange, part);
  };
  session.on('Network.requestWillBeSent', ({ requestId, request: { method, url }, initiator }) => {
    const isPreflight = initiator.type === 'preflight';
    const blank = { requestHeaders: {}, status: undefined, responseHeaders: {} };
    const exchange = { method, url, isPreflight, ...blank, ...early.get(requestId) };
    byId.set(requestId, exchange);
    exchanges.push(exchange);
  });
  session.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => {
    note(requestId, { requestHeaders: lowerNames(headers) });
  });
  session.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode, headers }) => {
    note(requestId, { status: statusCode, responseHeaders: lowerNames(headers) });
  });
  await session.send('Network.enable');
  return exchanges;
}

/** Waits for the head of the response to the first preflight or, with false, to the first other request. */
export async function waitForExchange(
  exchanges: readonly Exchange[],
  wantsPreflight: boolean,
): Promise<Exchange> {
  const giveUpAt = Date.now() + REPORTED_WITHIN_MS;
  for (;;) {
    const found = exchanges.find(
      ({ isPreflight, status }) => isPreflight === wantsPreflight && status !== undefined,
    );
    if (found !== undefined) return found;
    if (Date.now() > giveUpAt) throw new Error(`Only this was reported: ${JSON.stringify(exchanges)}`);
    await wait(10);
  }
}

function lowerNames(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
