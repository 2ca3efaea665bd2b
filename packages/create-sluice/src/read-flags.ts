import { parseArgs } from 'node:util';
import { CreateError } from './create-error';
import { TEMPLATES, type GivenOptions, type Template } from './create-options';
import { detectManager, isManagerName, MANAGER_NAMES } from './managers';

/** npm keeps other options, and passes their values on as folders. */
const NPM_CURE =
  'With npm, options go behind two dashes: npm create sluice@latest my-app -- --template commonjs';

export const HELP = `Usage: create-sluice [folder] [options]

Makes a project with a controller, a test, a Dockerfile and a CI file. The folder is new or empty; default my-app.

  --template <name>        esm (ECMAScript modules and Vitest, the default) or commonjs (CommonJS and Jest)
  --pm <name>              npm, pnpm, yarn or bun; default: the one that runs this command
  --install, --no-install  install the dependencies or not; default: install them
  --offline                install from the cache of the package manager only
  --yes                    ask nothing, also in a terminal
  --help, --version

${NPM_CURE}`;

/** The request of the command line. */
export type Wanted =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'create'; readonly given: GivenOptions; readonly yes: boolean };

/** Reads the command line. Pure. Throws CreateError. */
export function readFlags(args: readonly string[], userAgent: string | undefined): Wanted {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const detected = detectManager(userAgent);
  if (positionals.length > 1)
    throw usageError(
      `One folder is expected, and there are ${positionals.length}: ${positionals.join(', ')}.`,
      detected.name === 'npm' ? NPM_CURE : undefined,
    );
  const { template, pm, offline = false, yes = false } = values;
  if (template !== undefined && !isTemplate(template))
    throw usageError(`--template must be ${TEMPLATES.join(' or ')}, not ${template}.`);
  if (pm !== undefined && !isManagerName(pm))
    throw usageError(`--pm must be one of ${MANAGER_NAMES.join(', ')}, not ${pm}.`);
  const install = readInstall(values);
  const [folder] = positionals;
  return {
    kind: 'create',
    yes,
    given: {
      ...(folder !== undefined && { folder }),
      ...(template !== undefined && { template }),
      ...(install !== undefined && { install }),
      manager: pm === undefined || pm === detected.name ? detected : { name: pm },
      offline,
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        template: { type: 'string' },
        pm: { type: 'string' },
        install: { type: 'boolean' },
        'no-install': { type: 'boolean' },
        offline: { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw usageError((error as Error).message);
  }
}

function readInstall(values: {
  readonly install?: boolean;
  readonly 'no-install'?: boolean;
}): boolean | undefined {
  if (values.install && values['no-install'])
    throw usageError('--install and --no-install exclude each other.');
  return values['no-install'] ? false : values.install;
}

function isTemplate(name: string): name is Template {
  return (TEMPLATES as readonly string[]).includes(name);
}

function usageError(fault: string, cure = 'create-sluice --help lists the options.'): CreateError {
  return new CreateError(fault, cure);
}
