import { HttpError, json, text, type Context, type ErrorHandler } from '@sluice/core';

export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
}

export class ValueError extends Error {
  override readonly name: string = 'ValueError';
}

export class UnicodeError extends ValueError {
  override readonly name = 'UnicodeError';
}

export class BadBody extends HttpError {
  override readonly name = 'BadBody';

  constructor() {
    super(400);
  }
}

const ERRORS = { RuntimeError, ValueError, UnicodeError, BadBody };

/** The class at the beginning of a description such as `BadBody (extends HTTPException)`. */
export function findErrorClass(description: string): new (message?: string) => Error {
  const found = Object.entries(ERRORS).find(([name]) => description.split(' ')[0] === name);
  if (found === undefined) throw new Error(`There is no error class for ${JSON.stringify(description)}.`);
  return found[1];
}

/** Makes the error handlers from `handlers: { "404": "text 'custom 404' status 404" }`. */
export function makeErrorHandlers(handlers: Readonly<Record<string, string>>): ErrorHandler[] {
  return Object.entries(handlers).flatMap(([filter, reply]) => {
    if (!/^\d+$/.test(filter)) return [{ error: findErrorClass(filter), handle: makeHandle(reply) }];
    // There is a handler by class too, because one by status must win over it.
    const byClass: ErrorHandler = { error: HttpError, handle: () => text('by class') };
    return [byClass, { error: Number(filter), handle: makeHandle(reply) }];
  });
}

/** Makes the function of an error handler from `json {'detail':'Server Error'} status 500` or `text 'value' status 400`. */
export function makeHandle(description: string): ErrorHandler['handle'] {
  const match = /^(json|text) (.+) status (\d+)$/.exec(description);
  if (match === null)
    throw new Error(`This is not the description of an error handler: ${JSON.stringify(description)}.`);
  const [, kind, content = '', digits] = match;
  const init = { status: Number(digits) };
  if (kind === 'text') return () => text(content.slice(1, -1), init);
  const template = content.replaceAll("'", '"');
  return async (_error: Error, { request }: Context) => {
    const needsBody = template.includes('<request body text>');
    const body = needsBody ? JSON.stringify(await request.text()) : '';
    return json(JSON.parse(template.replace('<request body text>', body)), init);
  };
}
