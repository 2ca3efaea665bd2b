/** Headers that describe the body, besides Content-*. */
const REPRESENTATION = new Set(['etag', 'last-modified', 'cache-control', 'accept-ranges', 'expires']);

/** Policies for the page as a whole, which an error has too. */
const POLICIES = new Set(['content-security-policy', 'content-security-policy-report-only']);

/** Answers whether a header describes the body, so that an error that replaces the body removes it. */
export function describesBody(lowerName: string): boolean {
  return (lowerName.startsWith('content-') && !POLICIES.has(lowerName)) || REPRESENTATION.has(lowerName);
}
