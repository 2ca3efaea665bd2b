import { parseJson, parseText, viewAsBuffer } from '../../http/body/body-parsers';
import { refuseLargeBody } from '../../http/body/body-refusals';
import { isPromise } from '../../http/maybe-promise';
import { parseMediaType } from '../../http/headers/media-type';
import { QueryValues } from '../../http/query/query-values';
import type { HttpRequest } from '../../http/request';
import { checkCoding, hasBody, refuseType } from './body-head';
import type { StepFunction } from '../compose';
import type { BodyFormat } from '../../plan/steps';

const JSON_MEDIA_TYPE = /^application\/(?:json|[a-z0-9!#$&^_.+-]+\+json)$/;

interface Format {
  /** The Accept header of a 415 (RFC 9110 §15.5.16). */
  readonly accept: string;
  fits(mediaType: string): boolean;
  parse(bytes: Uint8Array): unknown;
}

const FORMATS: Readonly<Record<BodyFormat, Format>> = {
  json: {
    accept: 'application/json',
    fits: (type) => type === 'application/json' || JSON_MEDIA_TYPE.test(type),
    parse: parseJson,
  },
  text: { accept: 'text/plain', fits: (type) => type === '' || type.startsWith('text/'), parse: parseText },
  // A Buffer serves a parameter of type Buffer as well as one of type Uint8Array, without a copy.
  bytes: { accept: '*/*', fits: () => true, parse: viewAsBuffer },
  form: {
    accept: 'application/x-www-form-urlencoded',
    fits: (type) => type === 'application/x-www-form-urlencoded',
    parse: (bytes) => new QueryValues(parseText(bytes)).toObject(),
  },
};

/** Makes the step that reads and parses the body: 415 for other types, 400 if it cannot be parsed, 413 over the limit. */
export function makeBodyStep(format: BodyFormat): StepFunction {
  const { accept, fits, parse } = FORMATS[format];
  // The handler keeps bytes; a body that is parsed here need not outlive this call.
  const read = (request: HttpRequest) => (format === 'bytes' ? request.readBytes() : request.lendBytes());

  function checkType(request: HttpRequest): void {
    const contentType = request.header('content-type') ?? '';
    if (fits(contentType) || fits(parseMediaType(contentType))) return;
    if (contentType === '' && !hasBody(request)) return;
    throw refuseType(accept);
  }

  return (context, next) => {
    const { request } = context;
    checkCoding(request);
    checkType(request);
    const proceed = (bytes: Uint8Array) => {
      request.body = parse(bytes);
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
