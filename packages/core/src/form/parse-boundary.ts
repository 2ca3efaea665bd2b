import { parseHeaderParameters } from '../http/headers/header-parameters';
import { refuseMalformed } from './form-refusals';

/** RFC 2046 §5.1.1: 1 to 70 of these characters, the last one not a space. */
const BOUNDARY = /^[0-9a-z'()+_,\-./:=? ]{0,69}[0-9a-z'()+_,\-./:=?]$/i;

/** Parses the boundary in the Content-Type of a multipart form. Throws HttpError 400 if it has none, or several. */
export function parseBoundary(contentType: string): string {
  const boundary = parseHeaderParameters(contentType)?.get('boundary');
  if (boundary === undefined || !BOUNDARY.test(boundary))
    throw refuseMalformed('The Content-Type of a multipart form must name its boundary.');
  return boundary;
}
