import type { MiddlewareLike } from '@sluice/core';
import { isListOption, isTextOption, type OptionRule } from '@sluice/core/kit';

/** The options that every page for a document has. */
export interface PageOptions {
  /** The path of the page; its files are below it. */
  readonly path?: string;
  /** The `path` of the document that it shows, as `openapi` has it. Default: `/openapi`. */
  readonly document?: string;
  /** The title of the page. Default: the title of the document. */
  readonly title?: string;
  /** Runs around the page and its files, first = outermost: a guard. Default: nothing. */
  readonly middleware?: readonly MiddlewareLike[];
  /** The names of middleware further out that do not run on them. Default: none. */
  readonly skipMiddleware?: readonly string[];
}

const isPath: OptionRule = (value) =>
  typeof value === 'string' && /^(?:\/[\w.~-]+)+$/.test(value)
    ? undefined
    : "must be a path without parameters, such as '/docs'";

/** How `PageOptions` are checked, for `checkOptions`. */
export const PAGE_RULES = {
  path: isPath,
  document: isPath,
  title: isTextOption,
  middleware: isListOption,
  skipMiddleware: isListOption,
} satisfies Record<keyof PageOptions, OptionRule>;
