import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { findProject } from '../application/project';
import { writeInProject } from '../application/write-in-project';
import type { Output } from '../console-output';
import { applyUpgrade, planUpgrade } from './plan-upgrade';
import { printUpgrade } from './print-upgrade';

interface UpgradeOptions {
  readonly dryRun?: true;
  readonly json?: true;
}

/** `sluice upgrade`: gives all packages of Sluice in package.json the version of this command. */
export function addUpgradeCommand(program: Command, output: Output, version: string): void {
  program
    .command('upgrade')
    .description('give all packages of Sluice in package.json the version of this command')
    .option('--dry-run', 'write nothing')
    .option('--json', 'print it as JSON')
    .action(({ dryRun, json }: UpgradeOptions) => {
      const { folder, manifest } = findProject(process.cwd());
      const upgrades = planUpgrade(manifest, version);
      const isDone = dryRun !== true;
      if (isDone) {
        const text = readFileSync(path.join(folder, 'package.json'), 'utf8');
        const upgraded = applyUpgrade(text, upgrades);
        if (upgraded !== text) writeInProject(folder, 'package.json', upgraded, 'w');
      }
      output.print(
        json
          ? JSON.stringify({ version, isDone, upgrades }, undefined, 2)
          : printUpgrade(upgrades, version, isDone),
      );
    });
}
