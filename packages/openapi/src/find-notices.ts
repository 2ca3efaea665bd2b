import type { Plan } from '@sluice/core';

/** Finds what a document cannot say: the shape of errors that a function of the application makes. */
export function findNotices({ formatError, routes }: Plan): string[] {
  const formats = [formatError, ...routes.map((route) => route.formatError)];
  return formats.some((format) => format !== undefined && format.schema === undefined) ? [UNKNOWN_SHAPE] : [];
}

const UNKNOWN_SHAPE = `  OPENAPI_ERROR_SHAPE_UNKNOWN  formatError
    The application replaces the shape of errors, and the document of the API does not know it.
    Say what it is: formatError: Object.assign(format, { schema: { type: 'object', … } }).`;
