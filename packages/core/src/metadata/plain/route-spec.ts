import type { CustomParameter } from '../../http/custom-parameter';
import type { ErrorHandler } from '../../http/error-handler';
import type { MiddlewareLike } from '../../http/middleware';
import type { Class } from '../../http/class';
import type { MarkedValue } from '../../routing/route-mark';
import type { StandardSchema } from '../../validation/standard-schema';
import type { FieldTable } from '../../validation/table-schema';
import type { ValueSpec, ValueWord } from '../../validation/value-spec';
import type { VersionGiven } from '../controller-options';

/** A class with class-validator rules, a Standard Schema, or a plain table of types: `{ text: 'text', done: 'boolean?' }`. */
export type ObjectSpec = Class | StandardSchema | FieldTable;

/** The type of a parameter of the path, which is always there: `integer`, or `{ enum: ['small', 'large'] }`. */
export type PathSpec = ValueWord | { readonly type: ValueWord } | { readonly enum: readonly string[] };

/** The type of a header or cookie, which is a single text. */
export type TextSpec = Exclude<ValueSpec, readonly unknown[]>;

/** The parts of a request that a route takes, and everything else about it. All of them are optional. */
export interface RouteSpec {
  /** The types of the parameters of the path. One that is not here is text. */
  readonly params?: Readonly<Record<string, PathSpec>>;
  /** The values of the query by name: `{ limit: { type: 'integer', default: 20 }, tag: ['text'] }`. */
  readonly query?: Readonly<Record<string, ValueSpec>>;
  /** The request headers by name; `userAgent` and `'User-Agent'` read the same one. */
  readonly headers?: Readonly<Record<string, TextSpec>>;
  /** The cookies by name. */
  readonly cookies?: Readonly<Record<string, TextSpec>>;
  /** The type that checks the JSON body, or a list of it in brackets; `'text'` and `'bytes'` take any body as it is. */
  readonly body?: ObjectSpec | readonly [ObjectSpec] | 'text' | 'bytes';
  /** The type to which replies are reduced, as with `@Returns`, or a list of it in brackets. */
  readonly returns?: ObjectSpec | readonly [ObjectSpec];
  /** Values that parameter decorators read: `{ user: CurrentUser }` for what `@CurrentUser()` gives. */
  readonly custom?: Readonly<Record<string, CustomParameter<unknown, undefined>>>;
  /** The status of replies that do not carry one; default 200. */
  readonly status?: number;
  /** Middleware and guards around this route, first = outermost. */
  readonly use?: readonly MiddlewareLike[];
  /** The names of middleware further out that do not run on it. */
  readonly skipMiddleware?: readonly string[];
  /** For the errors of this route; the first that fits answers. */
  readonly errorHandlers?: readonly ErrorHandler[];
  /** Facts about the route, for middleware that prepares itself for it: `[ROLES.of(['admin'])]`. */
  readonly marks?: readonly MarkedValue[];
  /** Bytes; default: that of the controller, else of the application. */
  readonly bodyLimit?: number;
  /** Default: that of the controller. */
  readonly version?: VersionGiven;
  /** The name in the plan and in messages; default: that of the handler function, else the method and the path. */
  readonly name?: string;
}

/** A route whose method has no body. */
export type BodilessSpec = Omit<RouteSpec, 'body'>;

/** The parts that the routes of a controller share. */
export interface GroupOptions {
  /** Middleware and guards around every route, first = outermost. */
  readonly use?: readonly MiddlewareLike[];
  /** The names of middleware of the application that do not run on these routes. */
  readonly skipMiddleware?: readonly string[];
  /** The headings under which documents of the API list the routes. */
  readonly tags?: readonly string[];
  /** The version of the routes without one; default: the application's `versioning.defaultVersion`. */
  readonly version?: VersionGiven;
  /** The hosts: `api.example.com`, `*.example.com`. Default: every host. */
  readonly host?: string | readonly string[];
  readonly marks?: readonly MarkedValue[];
  /** For the errors of its routes that none of their own handles. */
  readonly errorHandlers?: readonly ErrorHandler[];
  /** Bytes; default: that of the application. */
  readonly bodyLimit?: number;
  /** The name in the plan and in messages; default: `controller('/notes')`. */
  readonly name?: string;
}
