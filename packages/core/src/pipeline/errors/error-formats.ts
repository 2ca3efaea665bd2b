import type { ErrorDetail } from '../../http/status/http-error';
import { json } from '../../http/reply/replies';
import { findReason } from '../../http/status/status';
import { toHttpError } from './problem-details';
import type { FormatError } from '../../http/error-handler';

type Schema = NonNullable<FormatError['schema']>;

function withSchema(schema: Schema, format: (error: Error) => unknown): FormatError {
  return Object.assign(format, { schema });
}

const TEXT = { type: 'string' };
const STEPS = { type: 'array', items: { type: ['string', 'integer'] } };

const FASTAPI_SCHEMA: Schema = {
  type: 'object',
  required: ['detail'],
  properties: {
    detail: {
      anyOf: [
        TEXT,
        {
          type: 'array',
          items: {
            type: 'object',
            required: ['type', 'loc', 'msg'],
            properties: { type: TEXT, loc: STEPS, msg: TEXT },
          },
        },
      ],
    },
  },
};

const NEST_SCHEMA: Schema = {
  type: 'object',
  required: ['statusCode', 'message', 'error'],
  properties: {
    statusCode: { type: 'integer' },
    message: { anyOf: [TEXT, { type: 'array', items: TEXT }] },
    error: TEXT,
  },
};

/**
 * Formats errors as FastAPI does: `{ detail }`, and for validation `{ detail: [{ type, loc, msg }] }`. Values that the
 * client sent are left out.
 *
 * @example createApp({ formatError: fastapiErrors })
 */
export const fastapiErrors: FormatError = withSchema(FASTAPI_SCHEMA, (error) => {
  const { status, detail, errors } = toHttpError(error);
  return json({
    detail:
      errors?.map(({ in: part, pointer, code, detail: msg }) => ({
        type: code,
        loc: [part, ...splitPointer(pointer)],
        msg,
      })) ??
      detail ??
      findReason(status),
  });
});

/**
 * Formats errors as NestJS does: `{ statusCode, message, error }`. The message of a validation error is a list.
 *
 * @example createApp({ formatError: nestErrors })
 */
export const nestErrors: FormatError = withSchema(NEST_SCHEMA, (error) => {
  const { status, detail, errors } = toHttpError(error);
  const message = errors?.map(formatMessage) ?? detail ?? findReason(status);
  return json({ statusCode: status, message, error: findReason(status) });
});

/** The messages of class-validator begin with the property; it is added to others, which do not. */
function formatMessage({ pointer, detail }: ErrorDetail): string {
  const segments = splitPointer(pointer);
  const property = segments.at(-1);
  if (property === undefined) return detail;
  const rest = detail.startsWith(`${property} `) ? detail.slice(String(property).length + 1) : detail;
  return `${segments.join('.')} ${rest}`;
}

/** Splits a JSON Pointer (RFC 6901 §4) into segments; list indices become numbers. */
function splitPointer(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((segment) => (/^(?:0|[1-9]\d{0,8})$/.test(segment) ? Number(segment) : segment));
}
