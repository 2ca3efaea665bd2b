import type { CspPolicy } from './csp/csp-policy';

/** A cross-origin policy, alone or with the name of the reporting endpoint that gets its reports. */
export type CrossOriginPolicy<Policy extends string> =
  false | Policy | { readonly policy: Policy; readonly reportTo: string };

type Embedder = CrossOriginPolicy<'require-corp' | 'credentialless' | 'unsafe-none'>;
type Opener = CrossOriginPolicy<
  'same-origin' | 'same-origin-allow-popups' | 'noopener-allow-popups' | 'unsafe-none'
>;

/** A policy of the Referer header. */
export type ReferrerPolicy =
  | 'no-referrer'
  | 'no-referrer-when-downgrade'
  | 'origin'
  | 'origin-when-cross-origin'
  | 'same-origin'
  | 'strict-origin'
  | 'strict-origin-when-cross-origin'
  | 'unsafe-url';

/** Strict-Transport-Security (RFC 6797). */
export interface StrictTransportSecurity {
  /** Seconds for which a browser uses HTTPS only. Default: 31,536,000, a year. */
  readonly maxAge?: number;
  /** Default: true. */
  readonly includeSubDomains?: boolean;
  /** Whether the browsers' own lists may contain the host. It needs a year and the subdomains. Default: false. */
  readonly preload?: boolean;
}

/** Options of `securityHeaders`. `false` leaves a header out. The names of headers are those of Helmet 8. */
export interface SecurityHeadersOptions {
  /** The defaults: those of Helmet 8, strict ones for pages, or those of an API. Default: `default`. */
  readonly preset?: 'default' | 'strict' | 'api';
  /** The policy that browsers enforce. Its directives are added to those of the preset. */
  readonly contentSecurityPolicy?: false | CspPolicy;
  /** A policy that browsers only report about, beside the other one. Default: none. */
  readonly contentSecurityPolicyReportOnly?: false | CspPolicy;
  /** Addresses for reports, by name: a path of this server, or a URL. Default: none. */
  readonly reportingEndpoints?: Readonly<Record<string, string>>;
  /** Origins that may use a feature: `self`, `src`, `*` or an origin; an empty list for none. Default: none. */
  readonly permissionsPolicy?: false | Readonly<Record<string, readonly string[]>>;
  /** Sent on HTTPS only. */
  readonly strictTransportSecurity?: false | StrictTransportSecurity;
  /** Default: false. */
  readonly crossOriginEmbedderPolicy?: Embedder;
  /** Default: false. */
  readonly crossOriginEmbedderPolicyReportOnly?: Embedder;
  /** Default: `same-origin`. */
  readonly crossOriginOpenerPolicy?: Opener;
  /** Default: false. */
  readonly crossOriginOpenerPolicyReportOnly?: Opener;
  /** Default: `same-origin`. */
  readonly crossOriginResourcePolicy?: false | 'same-origin' | 'same-site' | 'cross-origin';
  /** `?1`. Default: true. */
  readonly originAgentCluster?: boolean;
  /** One policy, or several of which a browser takes the last one that it knows. Default: `no-referrer`. */
  readonly referrerPolicy?: false | ReferrerPolicy | readonly ReferrerPolicy[];
  /** `nosniff`. Default: true. */
  readonly xContentTypeOptions?: boolean;
  /** Default: `off`. */
  readonly xDnsPrefetchControl?: false | 'on' | 'off';
  /** `noopen`. Default: true. */
  readonly xDownloadOptions?: boolean;
  /** Default: `SAMEORIGIN`. */
  readonly xFrameOptions?: false | 'DENY' | 'SAMEORIGIN';
  /** Default: `none`. */
  readonly xPermittedCrossDomainPolicies?: false | 'none' | 'master-only' | 'by-content-type' | 'all';
  /** `0`, which turns off a filter of old browsers that had leaks of its own. Default: true. */
  readonly xXssProtection?: boolean;
}
