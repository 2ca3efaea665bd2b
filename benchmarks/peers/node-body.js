// JSON bodies by hand on node:http. `readJson` trusts the client to send what it should; `readCheckedJson` makes the
// checks that Sluice makes. Node's parser has checked the framing already.
import { Buffer } from 'node:buffer';
import { BODY_LIMIT, isJsonType, parseSafely } from './raw-body.js';

/** Parses the body and calls `respond(value)`; 400 when it is no JSON. */
export function readJson(request, response, respond) {
  readBytes(request, response, (bytes) => JSON.parse(bytes.toString()), respond);
}

/** The same, but 415 for another type, 413 for too many bytes, 400 for what is no UTF-8. */
export function readCheckedJson(request, response, respond) {
  const { headers } = request;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return refuse(response, 415);
  if (!isJsonType(headers['content-type'])) return refuse(response, 415);
  if (Number(headers['content-length']) > BODY_LIMIT) return refuse(response, 413);
  readBytes(request, response, parseSafely, respond);
}

/** Nearly every small body comes in one piece; more are put together. */
function readBytes(request, response, parse, respond) {
  let bytes;
  request.on('data', (chunk) => {
    bytes = bytes === undefined ? chunk : Buffer.concat([bytes, chunk]);
    if (bytes.length > BODY_LIMIT) request.destroy();
  });
  request.on('end', () => {
    let value;
    try {
      value = parse(bytes ?? Buffer.alloc(0));
    } catch {
      return refuse(response, 400);
    }
    respond(value);
  });
}

/** The rest of the body is not read. */
function refuse(response, status) {
  response.writeHead(status, ['Connection', 'close']).end();
}
