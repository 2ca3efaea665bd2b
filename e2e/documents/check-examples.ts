import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from '@sluice/core';
import { ROOT } from './list-documents';
import { readExamples } from './read-blocks';
import { runBlock } from './run-block';

/** The answers that an example's application must give, by the heading under which the document shows it. */
export type ExampleChecks = Readonly<Record<string, (app: App) => Promise<void>>>;

/** Registers the tests of a document in which every example is a whole application. Each is run as it is printed. */
export function checkExamples(document: string, checks: ExampleChecks): void {
  const examples = readExamples(readFileSync(path.join(ROOT, document), 'utf8'));

  it('is checked wherever it shows code', () => {
    expect(Object.keys(checks).sort()).toEqual([...examples.keys()].sort());
  });

  it.each(Object.entries(checks))('%s', async (heading, check) => {
    const { app } = await runBlock(examples.get(heading)!);
    try {
      await check(app);
    } finally {
      await app.close();
    }
  });
}
