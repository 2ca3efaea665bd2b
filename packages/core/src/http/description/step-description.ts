/** A header, as a document shows it. */
export interface DescribedHeader {
  readonly description?: string;
  /** Default: `string`. */
  readonly type?: 'string' | 'integer';
  /** Whether a request is refused without it. Default: false. */
  readonly required?: boolean;
}

/** Headers by their names. */
export type DescribedHeaders = Readonly<Record<string, DescribedHeader>>;

/** A status that a step answers with itself. */
export interface DescribedStatus {
  /** A sentence: when the step answers so. */
  readonly description: string;
  readonly headers?: DescribedHeaders;
  /** The media type of a body that is not that of an error. */
  readonly mediaType?: string;
}

/** A way in which a client proves who it is, as an OpenAPI document has it. */
export type SecurityScheme =
  | {
      readonly type: 'http';
      readonly scheme: string;
      readonly bearerFormat?: string;
      readonly description?: string;
    }
  | {
      readonly type: 'apiKey';
      readonly in: 'header' | 'query' | 'cookie';
      readonly name: string;
      readonly description?: string;
    }
  | {
      readonly type: 'oauth2';
      readonly flows: Readonly<Record<string, unknown>>;
      readonly description?: string;
    }
  | { readonly type: 'openIdConnect'; readonly openIdConnectUrl: string; readonly description?: string }
  | { readonly type: 'mutualTLS'; readonly description?: string };

/** A scheme that a request needs. */
export interface DescribedCredentials {
  readonly scheme: SecurityScheme;
  /** The scopes or roles that they need. Default: none. */
  readonly scopes?: readonly string[];
}

/** The things that a step adds to a route for its clients: plain data, for documents of the API. */
export interface StepDescription {
  /** The statuses that the step answers with itself. The body of an error status is that of errors, unless `mediaType` says otherwise. */
  readonly statuses?: Readonly<Record<number, DescribedStatus>>;
  /** The headers that it adds to the replies of the handler. */
  readonly headers?: DescribedHeaders;
  /** The request headers that it reads. */
  readonly requestHeaders?: DescribedHeaders;
  /**
   * The credentials that it asks for, by the names of their schemes. One entry of the list is enough, and a request needs
   * everything in it. An empty entry: a request may do without.
   */
  readonly security?: readonly Readonly<Record<string, DescribedCredentials>>[];
}
