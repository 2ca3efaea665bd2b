import type { OpenApiDocument, Server } from '../document';

interface PolicyParts {
  /** Whether the program writes styles into the page. Default: false. */
  readonly inlineStyles?: boolean;
}

/** The Content-Security-Policy of a page (CSP3): its own files, and requests to the servers of the document. */
export function makePolicy(document: OpenApiDocument, { inlineStyles = false }: PolicyParts = {}): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    inlineStyles ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...findSources(document)].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The other origins that the page asks when a person tries an operation or logs in, as sources of a policy. */
function findSources(document: OpenApiDocument): string[] {
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
  const servers: readonly Server[] = [
    ...document.servers,
    ...operations.flatMap((operation) => operation.servers ?? []),
  ];
  const schemes = Object.values(document.components?.securitySchemes ?? {}) as SecurityScheme[];
  const flows = schemes.flatMap((scheme) => Object.values(scheme.flows ?? {}));
  const urls = [
    ...servers.map(({ url }) => url),
    ...schemes.map(({ openIdConnectUrl }) => openIdConnectUrl),
    ...flows.flatMap(({ tokenUrl, refreshUrl }) => [tokenUrl, refreshUrl]),
  ];
  return [...new Set(urls.map(findSource).filter((source) => source !== undefined))].sort();
}

interface SecurityScheme {
  readonly openIdConnectUrl?: string;
  readonly flows?: Readonly<Record<string, { readonly tokenUrl?: string; readonly refreshUrl?: string }>>;
}

/** `https://{tenant}.example.com:8443/v1` is `https://*.example.com:8443`; a path is undefined: it is the page's own server. */
function findSource(url = ''): string | undefined {
  const [, scheme = '', host = ''] = /^(https?:)?\/\/([^/?#]*)/.exec(url) ?? [];
  const labels = host.replace(/:\{[^{}]+\}$/, ':*').split('.');
  // The `*` of a source takes several labels, and no part of one.
  const last = labels.findLastIndex((label) => label.includes('{'));
  const source = [...(last === -1 ? [] : ['*']), ...labels.slice(last + 1)].join('.');
  return /^(?:\*\.)?[\w.-]+(?::(?:\d+|\*))?$/.test(source)
    ? `${scheme && `${scheme}//`}${source}`
    : undefined;
}
