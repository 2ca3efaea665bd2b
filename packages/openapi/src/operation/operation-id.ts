import type { RoutePlan } from '@sluice/core';

/** `notes.show`, and `notes.show.v2` where the path has the version. A plain route without a name is named after its path. */
export function makeOperationId({ info, origin, version }: RoutePlan): string {
  const suffix = version?.by.type === 'path' ? `.${version.by.prefix ?? 'v'}${version.name}` : '';
  if (origin !== undefined) return `${lowerFirst(shorten(origin.controller.name))}.${origin.method}${suffix}`;
  if (FIT.test(info.name) && !UNNAMED.has(info.name)) return `${info.name}${suffix}`;
  const words = info.path.split('/').map((segment) => segment.replace(/[^A-Za-z0-9]/g, ''));
  return [info.method.toLowerCase(), ...words.filter((word) => word !== '')].join('.');
}

/** The name of a controller for people: `Notes`. */
export function shorten(controller: string): string {
  return controller.replace(/(?<=.)Controller$/, '');
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** A name that is not made of these is a sentence about the place of the route: `controller('/notes') GET /:id`. */
const FIT = /^[A-Za-z0-9._-]+$/;
/** The names that arrow functions get from where they are written. */
const UNNAMED: ReadonlySet<string> = new Set(['handler', 'anonymous']);
