/** The media type of a Content-Type without its parameters, in lower case (RFC 9110 §8.3.1). Pure. */
export function parseMediaType(contentType: string): string {
  return contentType.split(';', 1)[0]!.trim().toLowerCase();
}
