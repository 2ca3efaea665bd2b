import type { Command } from 'commander';
import { findApplication } from '../application/find-application';
import { findProject } from '../application/project';
import { loadApplication } from '../application/load-application';
import { CliError } from '../cli-error';
import type { Output } from '../console-output';
import { EXIT } from '../exit-codes';
import { chooseRoutes } from './choose-routes';
import { printRoutes, type RoutesForm } from './print-routes';

interface RoutesOptions {
  readonly json?: true;
  readonly mermaid?: true;
  readonly path?: string;
  readonly mark?: string;
  readonly export?: string;
}

/** `sluice routes`: prints the plan of an application that does not listen. */
export function addRoutesCommand(program: Command, output: Output): void {
  program
    .command('routes')
    .description('print every route with its steps, in the order in which they run')
    .argument('[application]', 'the module that makes or starts the application')
    .option('--json', 'print it as JSON')
    .option('--mermaid', 'print it as a Mermaid flowchart')
    .option('--path <path>', 'only the routes at or below this path, or that match it')
    .option('--mark <name>', 'only the routes with this mark')
    .option('--export <name>', 'the export that is the application, or makes it')
    .action(async (given: string | undefined, options: RoutesOptions) => {
      output.print(await runRoutes(given, options));
    });
}

async function runRoutes(given: string | undefined, options: RoutesOptions): Promise<string> {
  const { json, mermaid, path, mark } = options;
  if (json && mermaid) throw new CliError('--json and --mermaid exclude each other.', 'Give one of them.');
  const form: RoutesForm = json ? 'json' : mermaid ? 'mermaid' : 'text';
  const cwd = process.cwd();
  const project = findProject(cwd);
  const file = findApplication(project, given, cwd);
  const { plan, core } = await loadApplication(project.folder, file, options.export);
  const isWhole = path === undefined && mark === undefined;
  const chosen = chooseRoutes(plan, { path, mark });
  if (chosen.length === 0 && !isWhole && form !== 'json')
    throw new CliError(
      `None of the ${plan.routes.length} routes fits.`,
      'Run sluice routes without --path and --mark to see them all.',
      EXIT.failed,
    );
  return printRoutes(isWhole ? plan : { routes: chosen }, form, core.printPlan);
}
