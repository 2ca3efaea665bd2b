import type { HttpRequest } from 'uWebSockets.js';

/** Every header line of a native request, flat: name in lower case, value, name, value … */
export function listLines(req: HttpRequest): string[] {
  const lines: string[] = [];
  req.forEach((name, value) => void lines.push(name, value));
  return lines;
}
