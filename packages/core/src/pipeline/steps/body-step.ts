import { parseJson, parseText, viewAsBuffer } from '../../http/body/body-parsers';
import { refuseCharset, refuseLargeBody } from '../../http/body/body-refusals';
import { findTextDecoder, isUtf8Text } from '../../http/body/text-decoder';
import { isPromise } from '../../http/maybe-promise';
import { parseMediaType } from '../../http/headers/media-type';
import type { Brackets } from '../../http/query/brackets';
import { QueryValues } from '../../http/query/query-values';
import type { HttpRequest } from '../../http/request';
import { checkCoding, hasBody, refuseType } from './body-head';
import type { StepFunction } from '../compose';
import type { BodyFormat, BodyStep } from '../../plan/steps';

const JSON_MEDIA_TYPE = /^application\/(?:json|[a-z0-9!#$&^_.+-]+\+json)$/;

type Parse = (bytes: Uint8Array) => unknown;

interface Format {
  /** The Accept header of a 415 (RFC 9110 §15.5.16). */
  readonly accept: string;
  fits(mediaType: string): boolean;
  /** Finds how to parse a body of the Content-Type; undefined if its charset is not supported. */
  findParser(contentType: string, brackets: Brackets | undefined): Parse | undefined;
}

const FORMATS: Readonly<Record<BodyFormat, Format>> = {
  json: {
    accept: 'application/json',
    fits: (type) => type === 'application/json' || JSON_MEDIA_TYPE.test(type),
    // JSON is UTF-8 (RFC 8259 §8.1).
    findParser: (contentType) => (isUtf8Text(contentType) ? parseJson : undefined),
  },
  text: {
    accept: 'text/plain',
    fits: (type) => type === '' || type.startsWith('text/'),
    findParser: findTextDecoder,
  },
  // A Buffer serves a parameter of type Buffer as well as one of type Uint8Array, without a copy.
  bytes: { accept: '*/*', fits: () => true, findParser: () => viewAsBuffer },
  form: {
    accept: 'application/x-www-form-urlencoded',
    fits: (type) => type === 'application/x-www-form-urlencoded',
    findParser: (contentType, brackets) =>
      isUtf8Text(contentType) ? (bytes) => new QueryValues(parseText(bytes)).toObject(brackets) : undefined,
  },
};

/** Makes the step that reads and parses the body: 415 for other types, 400 if it cannot be parsed, 413 over the limit. */
export function makeBodyStep({ format, optional, brackets }: Omit<BodyStep, 'kind' | 'name'>): StepFunction {
  const { accept, fits, findParser } = FORMATS[format];
  // The handler keeps bytes; a body that is parsed here need not outlive this call.
  const read = (request: HttpRequest) => (format === 'bytes' ? request.readBytes() : request.lendBytes());
  // Most clients of a route send one and the same type.
  let last: { readonly contentType: string; readonly parse: Parse } | undefined;

  function chooseParser(request: HttpRequest): Parse {
    const contentType = request.header('content-type') ?? '';
    if (last?.contentType === contentType) return last.parse;
    const isExpected = fits(contentType) || fits(parseMediaType(contentType));
    if (!isExpected && (contentType !== '' || hasBody(request))) throw refuseType(accept);
    const parse = findParser(contentType, brackets);
    if (parse === undefined) throw refuseCharset();
    if (isExpected) last = { contentType, parse };
    return parse;
  }

  return (context, next) => {
    const { request } = context;
    if (optional && !hasBody(request)) return next();
    checkCoding(request);
    const parse = chooseParser(request);
    const proceed = (bytes: Uint8Array) => {
      request.body = optional && bytes.byteLength === 0 ? undefined : parse(bytes);
      return next();
    };
    const bytes = read(request);
    return isPromise(bytes) ? bytes.then(proceed) : proceed(bytes);
  };
}

/** Makes the step that refuses a body over the limit on a route that does not read it. */
export function makeBodyLimitStep(limit: number): StepFunction {
  return ({ request }, next) => {
    if (Number(request.header('content-length') ?? 0) > limit) throw refuseLargeBody(limit);
    return next();
  };
}
