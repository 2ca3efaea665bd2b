import type { Context } from '@sluice/core';
import { isBooleanOption, isFunctionOption, isOneOfOption, type OptionRule } from '@sluice/core/kit';

/** Options of `tracing`. */
export interface TracingOptions {
  /**
   * Whether a span continues the trace that the headers of its request name, begins a trace of its own with a link to that
   * one, or ignores the headers. Choose `link` or `ignore` where strangers send the requests. Default:
   * `continue`.
   */
  readonly incoming?: 'continue' | 'link' | 'ignore';
  /** Whether each step inside (middleware, body, validation, handler) has a span of its own. Default: false. */
  readonly steps?: boolean;
  /** Whether spans have the addresses of the client and of the connection, which are personal data and take time. Default: false. */
  readonly address?: boolean;
  /** Whether spans have the User-Agent. Default: true. */
  readonly userAgent?: boolean;
  /** Whether spans have the query: all but the signatures of signed URLs, or only these keys. It may have secrets. Default: false. */
  readonly query?: boolean | readonly string[];
  /** The response header that names the trace, for browsers and for support. Default: none. */
  readonly responseHeader?: 'traceresponse' | 'server-timing';
  /** Returns true for requests without a span, such as health checks. It is called before the handler. Default: all have one. */
  readonly skip?: (context: Context) => boolean;
  /** Whether the application refuses to start without a registered SDK. Default: false. */
  readonly required?: boolean;
}

const isQuery: OptionRule = (value) =>
  typeof value === 'boolean' || (Array.isArray(value) && value.every((key) => typeof key === 'string'))
    ? undefined
    : 'must be true, false or a list of keys';

export const RULES: Readonly<Record<keyof TracingOptions, OptionRule>> = {
  incoming: isOneOfOption('continue', 'link', 'ignore'),
  steps: isBooleanOption,
  address: isBooleanOption,
  userAgent: isBooleanOption,
  query: isQuery,
  responseHeader: isOneOfOption('traceresponse', 'server-timing'),
  skip: isFunctionOption,
  required: isBooleanOption,
};
