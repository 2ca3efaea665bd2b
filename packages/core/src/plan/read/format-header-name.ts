/**
 * Makes the name of a header from that of a property: `userAgent` is `user-agent`, and `xCSRFToken` is `x-csrf-token`. A
 * property that begins with a capital or has a dash, as `Authorization` and `ETag`, is the name already. Pure.
 */
export function formatHeaderName(property: string): string {
  if (/^[A-Z]|-/.test(property)) return property.toLowerCase();
  return property.replace(/[A-Z]+(?![a-z])|[A-Z]/g, (word) => `-${word}`).toLowerCase();
}
