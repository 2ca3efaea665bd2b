/** Runs in the program of `sluice dev` before its first line, which waits for `ready`: `node --import`. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { observeApps } from '@sluice/core/kit';
import { isSource } from '../typescript/find-source';
import { registerTypescript } from '../typescript/register-typescript';
import { PROJECT_VARIABLE, STANDBY_VARIABLE, type PlanMessage } from './dev-message';
import './end-with-command';
import { listLoaded, loadPackages } from './loaded-packages';

const { [PROJECT_VARIABLE]: folder, [STANDBY_VARIABLE]: packages } = process.env;
/** Resolves when it is the turn of this program. */
export const ready: Promise<void> = packages === undefined ? Promise.resolve() : waitForTurn();
if (folder !== undefined) {
  // A program that this one starts is not watched.
  delete process.env[PROJECT_VARIABLE];
  delete process.env[STANDBY_VARIABLE];
  const program = process.argv[1] ?? path.join(folder, 'package.json');
  if (isSource(program)) registerTypescript(folder);
  // In a workspace, only the folder of the program may have the packages.
  const requireHere = createRequire(program);
  const { printPlan } = requireHere('@sluice/core') as typeof import('@sluice/core');
  let count = 0;
  observeApps(({ plan }) => {
    const message: PlanMessage = {
      sluice: 'plan',
      index: count++,
      text: printPlan(plan),
      packages: listLoaded(Object.keys(requireHere.cache)),
    };
    process.send?.(message);
    return false;
  });
  loadPackages(requireHere, packages?.split(' ').filter(Boolean) ?? []);
}

/** The only message to a program is that of its turn. Until then the channel keeps the process alive. */
function waitForTurn(): Promise<void> {
  process.channel?.ref();
  return new Promise((resolve) => {
    process.once('message', () => {
      process.channel?.unref();
      resolve();
    });
  });
}
