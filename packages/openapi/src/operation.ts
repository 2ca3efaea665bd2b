import {
  Mark,
  routeMark,
  type Class,
  type RouteMark,
  type RouteMarks,
  type StandardSchema,
} from '@sluice/core';

/** A class with rules, a list of one in brackets, or a Standard Schema. */
export type ContentType = Class | readonly [Class] | StandardSchema;

/** All statuses of a hundred. */
export type StatusRange = '1XX' | '2XX' | '3XX' | '4XX' | '5XX';

/** A reply of a route that cannot be derived. */
export interface DescribedReply {
  readonly description: string;
  /** The class or schema of the body. Default: the body of errors, or that of the handler where the status is its own, or a success of a route with `@Returns`. */
  readonly type?: ContentType;
  /** Default: `application/json`. With it and without `type`, the body is not described. */
  readonly mediaType?: string;
  /** Bodies by their names. */
  readonly examples?: Readonly<Record<string, unknown>>;
}

/** A body of a request that cannot be derived. */
export interface DescribedBody {
  readonly description?: string;
  readonly type?: ContentType;
  /** Default: what the route reads, or `application/json`. */
  readonly mediaType?: string;
  /** Default: what the route says, or true. */
  readonly required?: boolean;
  /** Bodies by their names. */
  readonly examples?: Readonly<Record<string, unknown>>;
}

/** A description of a parameter. */
export interface DescribedParameter {
  readonly description?: string;
  readonly example?: unknown;
}

/** The parts of an operation that cannot be derived from the plan. */
export interface OperationOptions {
  /** Default: `notes.show` for `NotesController.show`. */
  readonly id?: string;
  /** Default: the name of the controller without `Controller`, or the `tags` of one without a class. */
  readonly tags?: readonly string[];
  /** One line. */
  readonly summary?: string;
  /** May be Markdown. */
  readonly description?: string;
  /** Whether clients should not use it any longer. Default: false. */
  readonly deprecated?: boolean;
  /** Whether the document leaves the route out. Default: false. */
  readonly hidden?: boolean;
  /** Replies by status, or `'2XX'`; a text is a description. Each replaces what is derived for its status. */
  readonly replies?: Readonly<Partial<Record<number | StatusRange, string | DescribedReply>>>;
  /** Replaces parts of what is derived for the body. */
  readonly body?: DescribedBody;
  /** By name; a text is a description. */
  readonly parameters?: Readonly<Record<string, string | DescribedParameter>>;
}

/** The mark that `@Operation` sets. For a route without a class: `marks: [OPERATION.of({ summary: '…' })]`. */
export const OPERATION: RouteMark<OperationOptions> = routeMark<OperationOptions>('operation');

/**
 * Says about a route, or about all routes of a class, what cannot be derived. A method replaces what its class says.
 *
 * @example @Operation({ summary: 'Shows a note.', replies: { 410: 'The note was removed.' } })
 */
export function Operation(options: OperationOptions): ClassDecorator & MethodDecorator {
  return Mark(OPERATION, options);
}

/** Joins what the class and the method say. */
export function readOperation(marks: RouteMarks): OperationOptions {
  const [first = {}, ...others] = marks.all(OPERATION);
  return others.reduce<OperationOptions>(
    (outer, inner) => ({
      ...outer,
      ...inner,
      ...((outer.replies ?? inner.replies) && { replies: { ...outer.replies, ...inner.replies } }),
      ...((outer.parameters ?? inner.parameters) && {
        parameters: { ...outer.parameters, ...inner.parameters },
      }),
    }),
    first,
  );
}
