import { createApp, type App, type AppOptions, type InjectedResponse } from '@sluice/core';

/** What the guards logged since it was last emptied. */
export const logged: string[] = [];

export function start(options: AppOptions): Promise<App> {
  logged.length = 0;
  const note = (error: unknown, message?: string) => void logged.push(`${message} ${String(error)}`);
  return createApp({ logger: { info: note, warn: note, error: note }, development: false, ...options });
}

/** Status, code and challenge: what a refusal is told by. */
export function tell(response: InjectedResponse): readonly [number, string | undefined, string | undefined] {
  const type = response.header('content-type') ?? '';
  const problem: { code?: string } = type.includes('json') ? response.json() : {};
  return [response.status, problem.code, response.header('www-authenticate')];
}
