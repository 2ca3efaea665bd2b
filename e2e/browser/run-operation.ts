import type { Locator } from 'playwright-core';

/** The reply that a page of Swagger UI shows. */
export interface Shown {
  readonly status: string;
  readonly body: string;
}

/** Opens an operation on the page of a document, runs it, and reads its reply. */
export async function runOperation(operation: Locator): Promise<Shown> {
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  await operation.getByRole('button', { name: 'Execute' }).click();
  const reply = operation.locator('.live-responses-table .response').first();
  const status = await reply.locator('.response-col_status').innerText();
  const body = await reply.locator('.highlight-code pre').first().innerText();
  return { status: status.trim(), body: body.trim() };
}
