import { createRequire } from 'node:module';
import path from 'node:path';
import type { Command } from 'commander';
import { findApplication } from '../application/find-application';
import { loadApplication } from '../application/load-application';
import { findProject, type Project } from '../application/project';
import { CliError } from '../cli-error';
import type { Output } from '../console-output';
import { isExplained, summariseError } from '../describe-error';
import { EXIT, type ExitCode } from '../exit-codes';
import { checkEngine } from './checks/check-engine';
import { checkMachine, readMachine } from './checks/check-machine';
import { checkEmitted, readEmitted } from './checks/check-metadata';
import { checkInstalled, readPackages } from './checks/check-packages';
import { checkPlan } from './checks/check-plan';
import { checkProxyFiles, readProxyFiles } from './checks/check-proxy-files';
import { checkEnvironment, checkIgnored } from './checks/check-secrets';
import { printFindings, type Finding } from './finding';

interface DoctorOptions {
  readonly json?: true;
  readonly strict?: true;
  readonly export?: string;
}

/** `sluice doctor`: looks at the machine, the project and the application. */
export function addDoctorCommand(program: Command, output: Output, end: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .description('look for faults of the machine, the project and the application, each with its cure')
    .argument('[application]', 'the module that makes or starts the application')
    .option('--json', 'print it as JSON')
    .option('--strict', 'end with 1 also for warnings')
    .option('--export <name>', 'the export that is the application, or makes it')
    .action(async (given: string | undefined, options: DoctorOptions) => {
      const findings = await examine(given, options.export);
      output.print(options.json ? JSON.stringify({ findings }, undefined, 2) : printFindings(findings));
      end(judge(findings, options.strict === true));
    });
}

function judge(findings: readonly Finding[], isStrict: boolean): ExitCode {
  const isBad = findings.some(({ level }) => level === 'fault' || (isStrict && level === 'warning'));
  return isBad ? EXIT.failed : EXIT.done;
}

async function examine(given: string | undefined, exportName: string | undefined): Promise<Finding[]> {
  const cwd = process.cwd();
  const project = findProject(cwd);
  const { folder } = project;
  const installed = checkInstalled(readPackages(folder));
  const core = installed.some(({ code }) => code === 'CORE_MISSING') ? undefined : loadCore(folder);
  const isLoaded = core !== undefined && !(core instanceof Error);
  return [
    ...checkMachine(readMachine()),
    ...installed,
    ...(core instanceof Error ? [describeBroken(core)] : []),
    ...(isLoaded ? await checkEngine(core) : []),
    ...checkEmitted(readEmitted(folder)),
    ...checkEnvironment(process.env),
    ...checkIgnored(folder),
    ...checkProxyFiles(readProxyFiles(folder)),
    ...(isLoaded ? await checkApplication(project, given, cwd, exportName) : []),
  ];
}

type Core = typeof import('@sluice/core');

function loadCore(folder: string): Core | Error {
  try {
    return createRequire(path.join(folder, 'package.json'))('@sluice/core') as Core;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function findCure(error: unknown): string {
  if (error instanceof CliError) return error.cure;
  const place = isExplained(error) ? '' : ' sluice routes prints where it is thrown.';
  return `Correct it, and run sluice doctor again.${place}`;
}

function describeBroken({ message }: Error): Finding {
  const text = `The @sluice/core of the project cannot be loaded: ${message}`;
  const cure = 'Remove node_modules, and install again.';
  return { code: 'CORE_MISSING', level: 'fault', text, cure };
}

async function checkApplication(
  project: Project,
  given: string | undefined,
  cwd: string,
  exportName: string | undefined,
): Promise<Finding[]> {
  try {
    const file = findApplication(project, given, cwd);
    const { plan, core } = await loadApplication(project.folder, file, exportName);
    return checkPlan(plan, core.printPlan);
  } catch (error) {
    return [{ code: 'APPLICATION', level: 'fault', text: summariseError(error), cure: findCure(error) }];
  }
}
