import type { App } from '@sluice/core';
import { CookieJar, parseSetCookie } from './cookie-jar';
import { startFixture } from './fixture-app';
import type { FixtureNotes } from './fixture-options';
import { send, type Answer } from './http-client';
import type { WireCase, WireRequest } from './wire-case';

/** The result of a case: its answers in order, or the error with which it refused to start. */
export interface Outcome extends FixtureNotes {
  refusal: Error | undefined;
  readonly answers: Answer[];
}

/** Runs a case on a real socket. */
export async function runCase(wireCase: WireCase): Promise<Outcome> {
  const outcome: Outcome = { trace: [], logged: [], isHandlerCalled: false, refusal: undefined, answers: [] };
  let started: { readonly app: App; readonly port: number } | undefined;
  try {
    started = await startFixture(wireCase, outcome);
  } catch (error) {
    outcome.refusal = error as Error;
  }
  if (started !== undefined) {
    try {
      await sendAll(wireCase, started.port, outcome.answers);
    } finally {
      // This also waits for background tasks, whose notes count.
      await started.app.close();
    }
  }
  return outcome;
}

async function sendAll({ steps, keepsCookies }: WireCase, port: number, answers: Answer[]): Promise<void> {
  const jar = new CookieJar();
  const saved = new Map<string, string>();
  for (const { request, save_cookie: savedName } of steps) {
    if (request.kind === 'construct') continue;
    if (request.fresh_client === true) jar.clear();
    const { path = '/' } = request;
    const url = new URL(path, request.base_url ?? 'http://testserver');
    const cookie = keepsCookies ? jar.formatHeader(url) : findReplayed(request, saved);
    const answer = await send({
      port,
      method: request.method!,
      path,
      headers: {
        Host: url.host,
        ...(request.json !== undefined && { 'Content-Type': 'application/json' }),
        ...(cookie !== undefined && { Cookie: cookie }),
        ...request.headers,
      },
      body: request.json === undefined ? request.raw_body : JSON.stringify(request.json),
    });
    answers.push(answer);
    if (keepsCookies) jar.store(url, answer.setCookies);
    if (savedName !== undefined) saved.set(savedName, findCookie(answer, savedName));
  }
}

function findCookie({ setCookies }: Answer, name: string): string {
  const cookie = setCookies.map(parseSetCookie).find((candidate) => candidate.name === name);
  if (cookie === undefined) throw new Error(`No cookie ${JSON.stringify(name)} was set.`);
  return cookie.value;
}

function findReplayed(
  { replay_cookie: name, tamper_last_char: isTampered = false }: WireRequest,
  saved: ReadonlyMap<string, string>,
): string | undefined {
  if (name === undefined) return undefined;
  const value = saved.get(name)!;
  if (!isTampered) return `${name}=${value}`;
  return `${name}=${value.slice(0, -1)}${value.endsWith('A') ? 'B' : 'A'}`;
}
