import { existsSync } from 'node:fs';
import path from 'node:path';
import { Argument, type Command } from 'commander';
import { findProject, listManifests } from '../application/project';
import { writeInProject } from '../application/write-in-project';
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
      const project = findProject(process.cwd());
      const { folder } = project;
      const style = readStyle(listManifests(project));
      const { files, next } = makeNewFiles(kind, readNames(name), style, version);
      const places = [...files.keys()];
      checkFree(folder, places);
      if (!options.dryRun) for (const [place, text] of files) writeInProject(folder, place, text, 'wx');
      if (options.json) output.print(JSON.stringify({ files: places, next }, undefined, 2));
      else output.print([...places, '', next].join('\n'));
    });
}

/** Throws CliError if one of the files is there already. */
function checkFree(folder: string, places: readonly string[]): void {
  const taken = places.filter((place) => existsSync(path.join(folder, place)));
  if (taken.length > 0)
    throw new CliError(
      `There is already ${taken.join(' and ')}.`,
      'Choose another name. Nothing has been written.',
    );
}
