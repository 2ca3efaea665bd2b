/** Directives whose value is a list of sources: origins, schemes, hashes, and keywords in single quotes. */
export type SourceDirective =
  | 'baseUri'
  | 'childSrc'
  | 'connectSrc'
  | 'defaultSrc'
  | 'fontSrc'
  | 'formAction'
  | 'frameAncestors'
  | 'frameSrc'
  | 'imgSrc'
  | 'manifestSrc'
  | 'mediaSrc'
  | 'objectSrc'
  | 'scriptSrc'
  | 'scriptSrcAttr'
  | 'scriptSrcElem'
  | 'styleSrc'
  | 'styleSrcAttr'
  | 'styleSrcElem'
  | 'workerSrc';

/** The directives of a Content-Security-Policy (CSP3). `false` leaves out one of the defaults. */
export type CspDirectives = {
  readonly [name in SourceDirective]?: readonly string[] | false;
} & {
  /** The name of an entry of `reportingEndpoints`. */
  readonly reportTo?: string | false;
  /** URLs for browsers that do not know `reportTo`. */
  readonly reportUri?: readonly string[] | false;
  /** Requires trusted types: `["'script'"]`. */
  readonly requireTrustedTypesFor?: readonly string[] | false;
  /** The tokens that the sandbox allows: `['allow-scripts']`; an empty list allows nothing. */
  readonly sandbox?: readonly string[] | false;
  /** Names of policies for trusted types, `'allow-duplicates'`, `'none'` in quotes, or `*`. */
  readonly trustedTypes?: readonly string[] | false;
  /** Sent on HTTPS only. */
  readonly upgradeInsecureRequests?: boolean;
};

/** A policy: its directives, and whether those of the preset are its defaults. */
export type CspPolicy = CspDirectives & {
  /** Default: true; of `contentSecurityPolicyReportOnly` false. */
  readonly useDefaults?: boolean;
};
