import type { Finding } from '../finding';
import { readFiles } from '../read-files';

const OUTPUT = ['dist', 'build', 'out'];
const SHOWN = 3;

/** The JavaScript that a project has been compiled to, by its path. */
export function readEmitted(folder: string): Map<string, string> {
  return readFiles(folder, OUTPUT, (name) => /\.[mc]?js$/.test(name) && !/node_modules/.test(name), true);
}

/** Finds compiled decorators of Sluice on parameters that come without the types of the parameters. Pure. */
export function checkEmitted(files: ReadonlyMap<string, string>): Finding[] {
  const decorated = [...files].filter(([, text]) => isDecorated(text));
  if (decorated.length === 0) return [];
  const bare = decorated.filter(([, text]) => !text.includes('design:paramtypes')).map(([name]) => name);
  if (bare.length === 0)
    return [{ code: 'METADATA', level: 'fine', text: 'The compiled decorators have their metadata.' }];
  const more = bare.length > SHOWN ? ` and ${bare.length - SHOWN} more` : '';
  return [
    {
      code: 'METADATA',
      level: 'warning',
      text: `Compiled decorators have no metadata in ${bare.slice(0, SHOWN).join(', ')}${more}: the types of parameters are unknown there.`,
      cure: 'Compile with tsc or swc and "emitDecoratorMetadata": true, or give every type: @Param(\'id\', Number), @Body(CreateNote), @Inject(Store).',
    },
  ];
}

/** Whether a file decorates members of a class, as tsc, swc and esbuild compile it, with the decorators of Sluice. */
function isDecorated(text: string): boolean {
  const isCompiled = /\b(?:__decorate|_ts_decorate|__decorateClass)\(/.test(text);
  return isCompiled && /@sluice\//.test(text) && /\b(?:__param|_ts_param|__decorateParam)\(/.test(text);
}
