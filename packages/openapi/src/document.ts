import type { JsonSchema } from './schema/json-schema';

/** The title and the version of an API, and who makes it. */
export interface Info {
  readonly title: string;
  /** The version of the API, not of OpenAPI. */
  readonly version: string;
  readonly summary?: string;
  /** May be Markdown. */
  readonly description?: string;
  readonly termsOfService?: string;
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string };
  readonly license?: { readonly name: string; readonly identifier?: string; readonly url?: string };
}

/** A place where the API is. */
export interface Server {
  /** An address, or a path on the server of the document. */
  readonly url: string;
  readonly description?: string;
  readonly variables?: Readonly<Record<string, { readonly default: string; readonly description?: string }>>;
}

/** A description of the operations that have a tag. */
export interface Tag {
  readonly name: string;
  readonly description?: string;
}

export interface MediaType {
  readonly schema?: JsonSchema;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly encoding?: Readonly<Record<string, { readonly contentType: string }>>;
}

export type Content = Readonly<Record<string, MediaType>>;

export interface Header {
  readonly description?: string;
  readonly schema: JsonSchema;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly description?: string;
  readonly style?: string;
  readonly explode?: boolean;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface RequestBody {
  readonly description?: string;
  readonly required?: boolean;
  readonly content: Content;
}

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Content;
}

/** The names of schemes that a request needs together, each with its scopes. */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

/** An operation of a document, as OpenAPI has it (§4.8.10). */
export interface OperationObject {
  readonly operationId: string;
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly servers?: readonly Server[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: RequestBody;
  readonly responses: Readonly<Record<string, Response>>;
  readonly security?: readonly SecurityRequirement[];
}

export type DocumentedMethod = 'get' | 'put' | 'post' | 'delete' | 'patch';

export type PathItem = Readonly<Partial<Record<DocumentedMethod, OperationObject>>>;

/** A document of OpenAPI 3.1. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Info;
  readonly servers: readonly Server[];
  readonly tags?: readonly Tag[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes?: Readonly<Record<string, object>>;
  };
}
