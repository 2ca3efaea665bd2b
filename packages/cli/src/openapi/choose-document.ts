import type { Plan, RouteInfo } from '@sluice/core';
import type { DocumentOptions, OpenApiOptions } from '@sluice/openapi';
import { CliError } from '../cli-error';
import type { Manifest } from '../application/project';

/** A document, and the route that serves it. */
export interface ChosenDocument {
  /** Undefined where the application serves no document. */
  readonly route?: RouteInfo;
  readonly options: DocumentOptions;
}

/**
 * Chooses the document: the one that the application serves, or else one with the name and version of the project. Pure.
 *
 * @param path that of the document, with or without `.json`, where the application serves several
 * @throws CliError
 */
export function chooseDocument(plan: Plan, path: string | undefined, manifest: Manifest): ChosenDocument {
  const served = listServed(plan);
  const paths = [...served.keys()].join(' and ');
  if (path !== undefined) {
    const found = served.get(removeFormat(path));
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
  return (
    only ?? { options: { info: { title: manifest.name ?? 'API', version: manifest.version ?? '0.0.0' } } }
  );
}

/** Every document that routes serve, by its path: that of a mounted application is below the path of the mount. */
function listServed({ routes }: Plan): Map<string, ChosenDocument> {
  const found = new Map<string, ChosenDocument>();
  for (const { info } of routes) {
    const mark = info.marks.list().find(({ name }) => name === 'openapi');
    if (mark === undefined) continue;
    const {
      path: _,
      middleware: __,
      skipMiddleware: ___,
      ...options
    } = info.marks.get(mark) as OpenApiOptions;
    found.set(removeFormat(info.path), { route: info, options });
  }
  return found;
}

function removeFormat(path: string): string {
  return path.replace(/\.(?:json|yaml)$/, '');
}
