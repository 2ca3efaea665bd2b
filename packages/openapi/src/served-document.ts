import { createHash } from 'node:crypto';
import { Reply, type Context, type Plan, type RouteInfo } from '@sluice/core';
import { answerIfChanged } from '@sluice/core/kit';
import { stringify } from 'yaml';
import type { OpenApiDocument } from './document';
import { makeOpenApi } from './make-openapi';
import type { DocumentOptions } from './openapi-options';
import { findNotices } from './find-notices';

export type DocumentFormat = 'json' | 'yaml';

/** A document as it is sent. */
interface Written {
  readonly content: Uint8Array;
  readonly etag: string;
}

const TYPES: Readonly<Record<DocumentFormat, string>> = {
  json: 'application/json',
  yaml: 'application/yaml',
};

/** The document of each application that has the routes, made once for each plan. */
export class ServedDocument {
  private readonly documents = new WeakMap<Plan, OpenApiDocument>();
  private readonly plans = new WeakMap<RouteInfo, Plan>();
  private readonly written = new WeakMap<RouteInfo, Written>();

  constructor(private readonly options: DocumentOptions) {}

  /** Makes the document of a plan. Throws ConfigurationError. */
  read(plan: Plan, route: RouteInfo): readonly string[] {
    this.plans.set(route, plan);
    if (!this.documents.has(plan)) this.documents.set(plan, makeOpenApi(plan, this.options));
    return findNotices(plan);
  }

  /** Answers with the document, or with 304 where the client has it (RFC 9110 §13). */
  answer({ request, route }: Context, format: DocumentFormat): Reply {
    const { content, etag } = this.write(route, format);
    const headers = { ETag: etag, 'Cache-Control': 'no-cache' };
    return answerIfChanged(request, headers, () => new Reply(content, TYPES[format], undefined, headers));
  }

  private write(route: RouteInfo, format: DocumentFormat): Written {
    const known = this.written.get(route);
    if (known !== undefined) return known;
    const document = this.documents.get(this.plans.get(route)!)!;
    const text = format === 'json' ? JSON.stringify(document, undefined, 2) : writeYaml(document);
    const content = Buffer.from(text);
    const digest = createHash('sha256').update(content).digest('base64url').slice(0, 27);
    const written = { content, etag: `"${digest}"` };
    this.written.set(route, written);
    return written;
  }
}

/** Writes a document as YAML, without the anchors that shared parts would get. */
export function writeYaml(document: OpenApiDocument): string {
  return stringify(document, { aliasDuplicateObjects: false });
}
