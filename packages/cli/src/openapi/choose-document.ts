import type { Plan } from '@sluice/core';
import type { DocumentOptions, OpenApiOptions } from '@sluice/openapi';
import { CliError } from '../cli-error';
import type { Manifest } from '../application/project';

/**
 * Chooses the options of the document: those of the one that the application serves, or else the name and version of the
 * project. Pure.
 *
 * @param path that of the document, without `.json`, where the application serves several
 * @throws CliError
 */
export function chooseDocument(plan: Plan, path: string | undefined, manifest: Manifest): DocumentOptions {
  const served = listServed(plan);
  const paths = [...served.keys()].join(' and ');
  if (path !== undefined) {
    const found = served.get(path.replace(/\.(?:json|yaml)$/, ''));
    if (found !== undefined) return found;
    const known = served.size === 0 ? 'It serves none.' : `It serves ${paths}.`;
    throw new CliError(`The application serves no document at ${path}. ${known}`, 'Give another --path.');
  }
  if (served.size > 1)
    throw new CliError(
      `The application serves several documents: ${paths}.`,
      `Choose one: --path ${[...served.keys()][0]!}`,
    );
  const [only] = served.values();
  return only ?? { info: { title: manifest.name ?? 'API', version: manifest.version ?? '0.0.0' } };
}

/** The options of every document that routes serve, by its path. */
function listServed({ routes }: Plan): Map<string, DocumentOptions> {
  const found = new Map<string, DocumentOptions>();
  for (const { info } of routes) {
    const mark = info.marks.list().find(({ name }) => name === 'openapi');
    if (mark === undefined) continue;
    const {
      path = '',
      middleware: _,
      skipMiddleware: __,
      ...options
    } = info.marks.get(mark) as OpenApiOptions;
    found.set(path, options);
  }
  return found;
}
