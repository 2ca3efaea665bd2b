import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './list-documents';
import { readBlocks } from './read-blocks';
import { runTestBlock } from './run-block';

const GUIDE = readFileSync(path.join(ROOT, 'docs/testing.md'), 'utf8');

describe.each(['memory', 'socket'] as const)('docs/testing.md, SLUICE_TEST_ENGINE=%s', (engine) => {
  const before = process.env['SLUICE_TEST_ENGINE'];

  beforeAll(() => {
    process.env['SLUICE_TEST_ENGINE'] = engine;
  });

  afterAll(() => {
    if (before === undefined) delete process.env['SLUICE_TEST_ENGINE'];
    else process.env['SLUICE_TEST_ENGINE'] = before;
  });

  // The blocks of the guide are one test file, run as it is printed.
  runTestBlock(readBlocks(GUIDE, 'ts').join('\n'));
});
