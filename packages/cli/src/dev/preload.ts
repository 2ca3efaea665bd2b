/** Runs in the program of `sluice dev` before its first line: `node --import`. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { observeApps } from '@sluice/core/kit';
import { isSource } from '../typescript/find-source';
import { registerTypescript } from '../typescript/register-typescript';
import { PROJECT_VARIABLE, type PlanMessage } from './dev-message';
import './end-with-command';

const folder = process.env[PROJECT_VARIABLE];
if (folder !== undefined) {
  // A program that this one starts is not watched.
  delete process.env[PROJECT_VARIABLE];
  if (isSource(process.argv[1] ?? '')) registerTypescript(folder);
  const { printPlan } = createRequire(path.join(folder, 'package.json'))(
    '@sluice/core',
  ) as typeof import('@sluice/core');
  observeApps(({ plan }) => {
    const message: PlanMessage = { sluice: 'plan', text: printPlan(plan) };
    process.send?.(message);
    return false;
  });
}
