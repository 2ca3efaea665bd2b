import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readBlocks } from '../documents/read-blocks';
import { ROOT } from '../installed/install-packages';

const GUIDE = readFileSync(path.join(ROOT, 'docs/deployment.md'), 'utf8');

/** The blocks of docs/deployment.md in a language. */
export const blocksOfTheGuide = (language: string): string[] => readBlocks(GUIDE, language);

/** The program that the files of the guide start. */
export const [PROGRAM] = blocksOfTheGuide('ts') as [string];
