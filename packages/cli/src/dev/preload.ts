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
  if (isSource(process.argv[1] ?? '')) registerTypescript(folder);
  const requireHere = createRequire(path.join(folder, 'package.json'));
  const { printPlan } = requireHere('@sluice/core') as typeof import('@sluice/core');
  observeApps(({ plan }) => {
    const message: PlanMessage = {
      sluice: 'plan',
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
