import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Argument, type Command } from 'commander';
import { findProject } from '../application/project';
import { CliError } from '../cli-error';
import type { Output } from '../console-output';
import { KINDS, makeNewFiles, type Kind } from './make-new-files';
import { readNames } from './names';
import { readStyle } from './style';

interface NewOptions {
  readonly dryRun?: true;
  readonly json?: true;
}

/** `sluice new`: writes the files of a controller, a middleware or a package of one. */
export function addNewCommand(program: Command, output: Output, version: string): void {
  program
    .command('new')
    .description('write a controller or a middleware with its test, or a package of a middleware')
    .addArgument(new Argument('<kind>', KINDS.join(', ')).choices(KINDS))
    .argument('<name>', 'like rate-limit')
    .option('--dry-run', 'write nothing')
    .option('--json', 'print the files as JSON')
    .action((kind: Kind, name: string, options: NewOptions) => {
      const { folder, manifest } = findProject(process.cwd());
      const { files, next } = makeNewFiles(kind, readNames(name), readStyle(manifest), version);
      if (!options.dryRun) writeFiles(folder, files);
      const places = [...files.keys()];
      if (options.json) output.print(JSON.stringify({ files: places, next }, undefined, 2));
      else output.print([...places, '', next].join('\n'));
    });
}

/** Writes all files, or none where one is there already. Throws CliError. */
function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  const taken = [...files.keys()].filter((place) => existsSync(path.join(folder, place)));
  if (taken.length > 0)
    throw new CliError(
      `There is already ${taken.join(' and ')}.`,
      'Choose another name. Nothing has been written.',
    );
  for (const [place, text] of files) {
    const file = path.join(folder, place);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  }
}
