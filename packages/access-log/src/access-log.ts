import { isPromise, type Context, type Middleware } from '@sluice/core';
import { checkOptions, describeFunction, findAnnouncedLength, findLoggedId } from '@sluice/core/kit';
import type { AccessEntry } from './access-entry';
import { RULES, type AccessLogOptions } from './access-log-options';
import { JSON_LINES, type AccessLevel } from './access-logger';
import { formatLine } from './format-line';
import { makeRequestReader, makeResponseReader } from './read-parts';

/**
 * Logs every request once, when its response has ended: also one that failed, whose client left, or whose stream ends
 * much later. A logger that throws does not break the request.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 * @example accessLog({ logger: pino(), skip: ({ route }) => route.path === '/health' })
 */
export function accessLog(options: AccessLogOptions = {}): Middleware {
  checkOptions('accessLog', options, RULES);
  const { skip, fields, logger = JSON_LINES, format } = options;
  const readRequest = makeRequestReader(options);
  const readResponse = makeResponseReader(options);

  function log(context: Context, entry: AccessEntry): void {
    const level = chooseLevel(entry);
    try {
      const isForPeople = format === undefined ? context.app.development : format === 'line';
      const logged: unknown = isForPeople
        ? logger[level](formatLine(entry, readFields(context)))
        : logger[level](
            fields === undefined ? entry : { ...readFields(context), ...entry },
            chooseMessage(entry),
          );
      if (isPromise(logged)) logged.then(undefined, (error: unknown) => report(context, error));
    } catch (error) {
      report(context, error);
    }
  }

  /** An error in them does not lose the entry. */
  function readFields(context: Context): Readonly<Record<string, unknown>> | undefined {
    try {
      return fields?.(context);
    } catch (error) {
      context.app.logger.error(error, 'The fields of accessLog failed');
      return undefined;
    }
  }

  return {
    name: 'accessLog',
    layer: 'observe',
    options: Object.freeze({
      format: format ?? 'line in development, else object',
      path: options.path ?? true,
      query: options.query ?? false,
      address: options.address ?? false,
      userAgent: options.userAgent ?? false,
      requestHeaders: options.requestHeaders ?? [],
      responseHeaders: options.responseHeaders ?? [],
      fields: fields && describeFunction(fields),
      skip: skip && describeFunction(skip),
    }),
    handle(context, next) {
      if (skip?.(context) === true) return next();
      const startedAt = performance.now();
      // Once the answer is written, the engine has forgotten every part that was not read.
      const { method, path, address, userAgent, headers } = readRequest(context.request);
      context.onResponseEnd((end) => {
        const { response, route } = context;
        const { status } = response;
        log(context, {
          method,
          route: route.kind === 'fallback' ? undefined : route.path,
          path,
          status,
          bytes: end === 'sent' ? findAnnouncedLength(method, response) : undefined,
          durationMs: Math.round((performance.now() - startedAt) * 1000) / 1000,
          aborted: end === 'aborted' ? true : undefined,
          broken: end === 'broken' ? true : undefined,
          requestId:
            response.headers.get('X-Request-Id') ?? (status < 500 ? undefined : findLoggedId(context)),
          address,
          userAgent,
          requestHeaders: headers,
          responseHeaders: readResponse?.(response),
        });
      });
      return next();
    },
  };
}

/** The messages are constant: nothing that a client sends gets into them. */
function chooseMessage({ aborted, broken }: AccessEntry): string {
  if (broken) return 'response broke off';
  return aborted ? 'request aborted' : 'request completed';
}

function chooseLevel({ status, broken }: AccessEntry): AccessLevel {
  if (broken || status >= 500) return 'error';
  return status >= 400 ? 'warn' : 'info';
}

function report(context: Context, error: unknown): void {
  context.app.logger.error(error, 'The logger of accessLog failed');
}
