// Packs every package as npm would publish it and lets publint and arethetypeswrong read the tarballs.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findProjects } from './build.mjs';
import { ROOT } from './install.mjs';
import { npmCommand, runCommand } from './run-command.mjs';

const TARBALLS = path.join(ROOT, '.cache', 'tarballs');

/** Runs both tools on every tarball; the output is that of the failures. */
export async function checkPackages() {
  rmSync(TARBALLS, { recursive: true, force: true });
  mkdirSync(TARBALLS, { recursive: true });
  let failures = '';
  for (const folder of findProjects('packages')) {
    const tarball = await pack(folder);
    const runs = tarball.file
      ? [
          await runTool('publint/src/cli.js', 'run', tarball.file, '--strict'),
          await runTool(
            '@arethetypeswrong/cli/dist/index.js',
            tarball.file,
            '--no-definitely-typed',
            '--no-emoji',
          ),
        ]
      : [tarball];
    const failed = runs.filter((run) => run.code !== 0);
    if (failed.length > 0) failures += `${folder}\n${failed.map((run) => run.output).join('\n')}\n`;
  }
  return { code: failures === '' ? 0 : 1, output: failures };
}

async function pack(folder) {
  const [command, args] = npmCommand();
  const { code, output } = await runCommand(
    command,
    [...args, 'pack', '--silent', '--pack-destination', TARBALLS],
    { cwd: path.join(ROOT, folder), quiet: true },
  );
  const name = output.trim().split('\n').at(-1) ?? '';
  return { code, output, file: code === 0 ? path.join(TARBALLS, name) : undefined };
}

function runTool(script, ...args) {
  const file = path.join(ROOT, 'node_modules', script);
  return runCommand(process.execPath, [file, ...args], { cwd: ROOT, quiet: true });
}
