import type { DescribedStatus, StepDescription } from '../http/description/step-description';
import { findVersionHeader, type RouteVersion } from '../routing/versioning';
import type { ArgumentPlan } from './arguments';
import { freezeCopy } from './freeze-copy';
import type { ResolvedRoute } from './plan-input';
import type { BodyFormat } from './steps';

type Statuses = Readonly<Record<number, DescribedStatus>>;

const TOO_LARGE = { 413: { description: 'The body is too large.' } };
const WRONG_TYPE = {
  415: { description: 'The body has a media type or a coding that the route does not take.' },
};
const UNREADABLE = { 400: { description: 'The body cannot be parsed.' } };
const INVALID = { 422: { description: 'The request is invalid; `errors` lists every fault.' } };
const UNDECODABLE = { 400: { description: 'The URL has malformed percent-encoding.' } };
const NOTHING_THERE = { 404: { description: 'Nothing is there.' } };

/** The step that only limits the body. */
export const LIMIT_DESCRIPTION = describe(TOO_LARGE);
export const VALIDATION_DESCRIPTION = describe(INVALID);
/** The answers to requests that no route takes. */
export const FALLBACK_DESCRIPTION = describe({
  404: { description: 'No route matches the path.' },
  405: {
    description: 'The path does not support the method.',
    headers: { Allow: { description: 'The methods that it supports.' } },
  },
  501: { description: 'The server does not know the method.' },
});

/** Bytes are not parsed. */
export const BODY_DESCRIPTIONS: Readonly<Record<BodyFormat, StepDescription>> = {
  json: describe({ ...UNREADABLE, ...TOO_LARGE, ...WRONG_TYPE }),
  text: describe({ ...UNREADABLE, ...TOO_LARGE, ...WRONG_TYPE }),
  form: describe({ ...UNREADABLE, ...TOO_LARGE, ...WRONG_TYPE }),
  bytes: describe({ ...TOO_LARGE, ...WRONG_TYPE }),
};

/** The step that reads a form: a file that no parameter takes is a fault of the request, as a missing one is. */
export const FORM_DESCRIPTION = describe({
  ...UNREADABLE,
  408: { description: 'The form does not arrive in time.' },
  ...TOO_LARGE,
  ...WRONG_TYPE,
  ...INVALID,
});

/** Describes the arguments of a handler. With a path parameter, the handler may find nothing. */
export function describeHandler(values: readonly ArgumentPlan[], hasParameters: boolean): StepDescription {
  const isDecoded = hasParameters || values.some(({ kind }) => kind === 'query');
  return describe({
    ...(isDecoded && UNDECODABLE),
    ...(hasParameters && NOTHING_THERE),
    ...(values.some(isRefusable) && INVALID),
  });
}

function isRefusable({ coercion, required, whole }: ArgumentPlan): boolean {
  return coercion !== 'text' || required === true || whole !== undefined;
}

/** Describes how a route is chosen by the version in a header, or by the host; undefined if the path alone decides. */
export function describeChoice({
  host,
  version,
}: Pick<ResolvedRoute, 'host' | 'version'>): StepDescription | undefined {
  const header = version && findVersionHeader(version);
  if (header === undefined && host === undefined) return undefined;
  const description = `No route matches the path${header === undefined ? ' on this host' : ' in the requested version'}.`;
  return freezeCopy({
    statuses: { 404: { description } },
    ...(version && header !== undefined && { requestHeaders: { [header]: describeVersion(version) } }),
  });
}

function describeVersion({ name, by }: RouteVersion): {
  readonly description: string;
  readonly required: boolean;
} {
  const value = by.type === 'mediaType' ? `application/json;${by.parameter ?? 'v'}=${name}` : name;
  return { description: `The version: \`${value}\`.`, required: by.defaultVersion !== name };
}

function describe(statuses: Statuses): StepDescription {
  return freezeCopy({ statuses });
}
