import { HeaderBlock, HeaderLine } from '@sluice/core';
import type { CspDirectives } from './csp/csp-policy';
import { formatPolicy } from './csp/format-policy';
import type { NonceHeader } from './csp/request-nonce';
import type { ResolvedHeaders } from './resolve-headers';
import { SIMPLE_HEADERS } from './simple-headers';
import { writeEndpoints, writeFeatures, writeTransportSecurity } from './structured-headers';

/** The headers of a response, made at start-up. */
export interface WrittenHeaders {
  readonly block: HeaderBlock;
  /** The policies with a nonce, which they get when something reads it. */
  readonly nonced: readonly NonceHeader[];
}

/** Writes the headers for HTTPS or for plain HTTP, where HSTS is not sent (RFC 6797 §7.2). */
export function writeHeaders(headers: ResolvedHeaders, isSecure: boolean): WrittenHeaders {
  const lines: HeaderLine[] = [];
  const nonced: NonceHeader[] = [];

  function addPolicy(name: string, directives: false | CspDirectives): void {
    if (directives === false) return;
    const text = formatPolicy(directives, isSecure);
    if (text.plain === '') return;
    lines.push(new HeaderLine(name, text.plain));
    if (text.parts !== undefined) nonced.push({ name, text });
  }

  addPolicy('Content-Security-Policy', headers.contentSecurityPolicy);
  addPolicy('Content-Security-Policy-Report-Only', headers.contentSecurityPolicyReportOnly);
  for (const { option, name, write } of SIMPLE_HEADERS) {
    const value = headers[option as keyof ResolvedHeaders];
    if (value !== undefined && value !== false) lines.push(new HeaderLine(name, write(value as never)));
  }
  const { permissionsPolicy = false, reportingEndpoints, strictTransportSecurity } = headers;
  if (permissionsPolicy !== false && Object.keys(permissionsPolicy).length > 0)
    lines.push(new HeaderLine('Permissions-Policy', writeFeatures(permissionsPolicy)));
  if (Object.keys(reportingEndpoints).length > 0)
    lines.push(new HeaderLine('Reporting-Endpoints', writeEndpoints(reportingEndpoints)));
  if (strictTransportSecurity !== false && isSecure)
    lines.push(new HeaderLine('Strict-Transport-Security', writeTransportSecurity(strictTransportSecurity)));
  return { block: new HeaderBlock(lines), nonced };
}
