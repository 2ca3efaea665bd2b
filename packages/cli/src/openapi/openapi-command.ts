import { createRequire } from 'node:module';
import path from 'node:path';
import type { Command } from 'commander';
import { findApplication } from '../application/find-application';
import { loadApplication } from '../application/load-application';
import { findProject } from '../application/project';
import { CliError } from '../cli-error';
import type { Output } from '../console-output';
import { chooseDocument } from './choose-document';

interface OpenApiCommandOptions {
  readonly yaml?: true;
  readonly path?: string;
  readonly export?: string;
}

/** `sluice openapi`: prints the document of an application that does not listen. */
export function addOpenApiCommand(program: Command, output: Output): void {
  program
    .command('openapi')
    .description('print the OpenAPI document, without starting a server')
    .argument('[application]', 'the module that makes or starts the application')
    .option('--yaml', 'print it as YAML instead of JSON')
    .option('--path <path>', 'the document at this path, if the application serves several')
    .option('--export <name>', 'the export that is the application, or makes it')
    .action(async (given: string | undefined, options: OpenApiCommandOptions) => {
      output.print(await runOpenApi(given, options));
    });
}

async function runOpenApi(given: string | undefined, options: OpenApiCommandOptions): Promise<string> {
  const cwd = process.cwd();
  const project = findProject(cwd);
  const file = findApplication(project, given, cwd);
  const openapi = requireOpenApi(project.folder);
  const { plan } = await loadApplication(project.folder, file, options.export);
  const { route, options: document } = chooseDocument(plan, options.path, project.manifest);
  const served = route && openapi.readServedDocument(route);
  const made = served ?? openapi.makeOpenApi(plan, document);
  return options.yaml ? openapi.writeYaml(made).replace(/\n$/, '') : JSON.stringify(made, undefined, 2);
}

/** That of the project, because it belongs to the core of the project. */
function requireOpenApi(folder: string): typeof import('@sluice/openapi') {
  const require = createRequire(path.join(folder, 'package.json'));
  try {
    return require('@sluice/openapi') as typeof import('@sluice/openapi');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new CliError('The project has no @sluice/openapi.', 'npm install @sluice/openapi');
  }
}
