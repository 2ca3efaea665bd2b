import type { Page } from 'playwright-core';

/** Everything on a page that a strict policy forbids, or that needs the internet. */
export interface Watched {
  readonly faults: string[];
  readonly origins: Set<string>;
}

/** Collects the messages of the console, the violations of the policy, and the origins that are asked. */
export async function watchFaults(page: Page): Promise<Watched> {
  const faults: string[] = [];
  const origins = new Set<string>();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('requestfailed', (request) => faults.push(`${request.url()} failed`));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) origins.add(new URL(request.url()).origin);
  });
  await page.exposeFunction('reportViolation', (text: string) => faults.push(text));
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', (event) => reportViolation(`${event.violatedDirective} ${event.blockedURI}`))",
  );
  return { faults, origins };
}
