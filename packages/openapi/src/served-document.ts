import { createHash } from 'node:crypto';
import { Reply, type Context, type Plan, type RouteInfo } from '@sluice/core';
import { answerIfChanged } from '@sluice/core/kit';
import { Schema, stringify, type ScalarTag } from 'yaml';
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

/** The documents by the routes that answer with them. */
const SERVED = new WeakMap<RouteInfo, OpenApiDocument>();

/**
 * Returns the document that a route of `openapi` answers with, for tools: that of a mounted application has only what is
 * mounted with it. Undefined for any other route.
 */
export function readServedDocument(route: RouteInfo): OpenApiDocument | undefined {
  return SERVED.get(route);
}

/** The document of each application that has the routes, made once for each plan. */
export class ServedDocument {
  private readonly documents = new WeakMap<Plan, OpenApiDocument>();
  private readonly written = new WeakMap<RouteInfo, Written>();

  constructor(private readonly options: DocumentOptions) {}

  /** Makes the document of a plan. Throws ConfigurationError. */
  read(plan: Plan, route: RouteInfo): readonly string[] {
    const document = this.documents.get(plan) ?? makeOpenApi(plan, this.options);
    this.documents.set(plan, document);
    SERVED.set(route, document);
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
    const document = SERVED.get(route)!;
    const text = format === 'json' ? JSON.stringify(document, undefined, 2) : writeYaml(document);
    const content = Buffer.from(text);
    const digest = createHash('sha256').update(content).digest('base64url').slice(0, 27);
    const written = { content, etag: `"${digest}"` };
    this.written.set(route, written);
    return written;
  }
}

/**
 * Writes a document as YAML 1.2 that readers of YAML 1.1 understand alike: texts such as `yes`, `1:30` and `2026-01-01` are
 * in quotes. It has no anchors for shared parts, and no breaks inside of a text.
 */
export function writeYaml(document: OpenApiDocument): string {
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0, compat: YAML_1_1 });
}

/** YAML 1.1 has a type for `=`, which no value of a document is (yaml.org/type/value.html). */
const VALUE: ScalarTag = {
  tag: 'tag:yaml.org,2002:value',
  default: true,
  test: /^=$/,
  resolve: (text: string) => text,
};
/** A text that one of these would read as something else is written in quotes. */
const YAML_1_1 = [...new Schema({ schema: 'yaml-1.1' }).tags, VALUE];
