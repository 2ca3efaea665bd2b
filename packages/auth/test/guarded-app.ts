import { createApp, type App, type AppOptions, type InjectedResponse } from '@sluice/core';

/** The log of the application that was started last. */
export const logged: string[] = [];

export function start(options: AppOptions): Promise<App> {
  logged.length = 0;
  const note = (error: unknown, message?: string) => void logged.push(`${message} ${String(error)}`);
  return createApp({ logger: { info: note, warn: note, error: note }, development: false, ...options });
}

/** The status, code and challenge of a refusal. */
export function describeRefusal(
  response: InjectedResponse,
): readonly [status: number, code: string | undefined, challenge: string | undefined] {
  const type = response.header('content-type') ?? '';
  const { code }: { code?: string } = type.includes('json') ? response.json() : {};
  return [response.status, code, response.header('www-authenticate')];
}
