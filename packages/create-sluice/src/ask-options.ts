import { createInterface, type Interface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { CreateError } from './create-error';
import { completeOptions, TEMPLATES, type GivenOptions, type Template } from './create-options';
import { EXIT } from './exit-codes';

/** Asks in a terminal for what the flags leave open. An empty answer is the default. Throws CreateError on Ctrl-C and Ctrl-D. */
export async function askOptions(
  given: GivenOptions,
  input: Readable,
  output: Writable,
): Promise<GivenOptions> {
  const terminal = createInterface({ input, output });
  const closed = new Promise<never>((_, reject) => {
    terminal.once('close', () =>
      reject(new CreateError('\nNothing has been made.', 'Run it again, or give all options.', EXIT.failed)),
    );
  });
  return Promise.race([askAll(terminal, given, output), closed]).finally(() => terminal.close());
}

async function askAll(terminal: Interface, given: GivenOptions, output: Writable): Promise<GivenOptions> {
  const { folder, template, install } = completeOptions(given);
  return {
    ...given,
    folder: given.folder ?? ((await terminal.question(`Folder (${folder}): `)).trim() || folder),
    template: given.template ?? (await askTemplate(terminal, output, template)),
    install: given.install ?? (await askInstall(terminal, install)),
  };
}

async function askTemplate(terminal: Interface, output: Writable, usual: Template): Promise<Template> {
  for (;;) {
    const answer = (
      await terminal.question(`Template, esm with Vitest or commonjs with Jest (${usual}): `)
    ).trim();
    const found = answer === '' ? usual : TEMPLATES.find((name) => name === answer);
    if (found !== undefined) return found;
    output.write(`Write ${TEMPLATES.join(' or ')}.\n`);
  }
}

async function askInstall(terminal: Interface, usual: boolean): Promise<boolean> {
  const answer = (await terminal.question('Install the dependencies now? (Y/n): ')).trim();
  return answer === '' ? usual : /^y/i.test(answer);
}
