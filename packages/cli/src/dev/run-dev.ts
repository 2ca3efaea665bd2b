import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Output } from '../console-output';
import { Compiler } from '../typescript/compiler';
import { isSource } from '../typescript/find-source';
import { findFormat } from '../typescript/module-format';
import { comparePlans } from './compare-plans';
import { DevProgram } from './dev-program';
import { startTypeCheck } from './type-check';
import { FolderWatch } from './watch-folder';

export interface DevOptions {
  readonly folder: string;
  /** The program, which listens. */
  readonly file: string;
  readonly checksTypes: boolean;
}

const SETTINGS = /\.json$|^\.env/;

/** Runs a program, and again after each change of its sources, until this process gets a signal. */
export async function runDev({ folder, file, checksTypes }: DevOptions, output: Output): Promise<void> {
  const signals = holdSignals();
  const plans: string[] = [];
  const compiler = isSource(file) ? new Compiler(folder) : undefined;
  const program = new DevProgram(folder, file, {
    onPlan: (text, index) => {
      for (const line of comparePlans(plans[index] ?? text, text)) output.note(line);
      plans[index] = text;
    },
    onEnd: (how) => output.note(`sluice dev: the program ended (${how}). Waiting for a change.`),
  });
  const onChange = (files: readonly string[]): void => {
    const fault = compiler && findSyntaxFault(compiler, files);
    // The program that runs goes on.
    if (fault !== undefined) return output.note(`sluice dev: ${fault}`);
    // The packages may be others, or the options of the compiler.
    if (files.some((one) => SETTINGS.test(path.basename(one)))) program.dropStandby();
    output.note(`sluice dev: ${nameFiles(folder, files)} changed, starting again.`);
    void program.restart();
  };
  const watches = watchSources(folder, path.dirname(file), onChange);
  const check = checksTypes ? startTypeCheck(folder, (line) => output.note(`types: ${line}`)) : undefined;
  await program.restart();
  // While the program starts, so that the first change finds it.
  compiler?.load();
  const signal = await signals.first;
  for (const watch of watches) watch.close();
  check?.kill();
  // A terminal sends Ctrl-C to the program too, and a second one would end it before it has closed.
  await program.stop(signal === 'SIGINT' && process.stdin.isTTY ? undefined : signal);
  signals.release();
}

/** Another branch of git changes many at once. */
const SHOWN = 3;

function nameFiles(folder: string, files: readonly string[]): string {
  const names = files.slice(0, SHOWN).map((one) => path.relative(folder, one));
  const more = files.length > SHOWN ? ` and ${files.length - SHOWN} more` : '';
  return `${names.join(', ')}${more}`;
}

/** The sources, and the files beside package.json: that of the compiler, and `.env`. */
function watchSources(
  folder: string,
  sources: string,
  onChange: (files: readonly string[]) => void,
): FolderWatch[] {
  const watches = [new FolderWatch(sources, onChange)];
  if (sources !== folder) watches.push(new FolderWatch(folder, onChange, false));
  return watches;
}

/** Compiles what has changed, so that the next program finds it compiled; returns the first syntax error. */
function findSyntaxFault(compiler: Compiler, files: readonly string[]): string | undefined {
  try {
    for (const file of files)
      if (isSource(file) && existsSync(file)) compiler.compile(file, findFormat(file));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal, and no end by the next: npm sends Ctrl-C a second time, while the program still closes. */
function holdSignals(): { readonly first: Promise<NodeJS.Signals>; release(): void } {
  let take: (signal: NodeJS.Signals) => void;
  const first = new Promise<NodeJS.Signals>((resolve) => (take = resolve));
  const onSignal = (signal: NodeJS.Signals): void => take(signal);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    first,
    release: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}
