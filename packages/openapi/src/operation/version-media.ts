import type { RoutePlan } from '@sluice/core';
import type { Response } from '../document';

type Replies = Readonly<Record<string, Response>>;

/**
 * Adds the version of a route to the media types of its replies, where clients ask for it in Accept: OpenAPI has no other
 * place for that header. A version that a client need not name is left out.
 */
export function addVersion({ version }: Pick<RoutePlan, 'version'>, replies: Replies): Replies {
  if (version?.by.type !== 'mediaType' || version.by.defaultVersion === version.name) return replies;
  const suffix = `;${version.by.parameter ?? 'v'}=${version.name}`;
  return Object.fromEntries(
    Object.entries(replies).map(([status, reply]) => [
      status,
      status.startsWith('2') ? extendTypes(reply, suffix) : reply,
    ]),
  );
}

function extendTypes({ content, ...reply }: Response, suffix: string): Response {
  if (content === undefined) return reply;
  const types = Object.entries(content).map(([type, media]) => [`${type}${suffix}`, media] as const);
  return { ...reply, content: Object.fromEntries(types) };
}
