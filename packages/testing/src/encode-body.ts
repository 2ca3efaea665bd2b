import { listPairs, type RequestOptions } from './request-options';

/** The body of a request and its content type. */
export interface EncodedBody {
  readonly bytes: Uint8Array | undefined;
  readonly contentType: string | undefined;
}

const KINDS = ['json', 'form', 'multipart', 'body'] as const;

/** Encodes the body in the options. Throws TypeError if there are two, or the value has no JSON form. */
export async function encodeBody(options: RequestOptions): Promise<EncodedBody> {
  const given = KINDS.filter((kind) => options[kind] !== undefined);
  if (given.length > 1) throw new TypeError(`A request has one body: give ${given.join(' or ')}, not both.`);
  const { json, form, multipart, body } = options;
  if (json !== undefined) {
    const text = JSON.stringify(json) as string | undefined;
    if (text === undefined) throw new TypeError(`json: a ${typeof json} cannot be written as JSON.`);
    return { bytes: Buffer.from(text), contentType: 'application/json' };
  }
  if (form !== undefined)
    return {
      bytes: Buffer.from(listPairs(form).toString()),
      contentType: 'application/x-www-form-urlencoded',
    };
  if (multipart !== undefined) {
    const encoded = new Response(multipart);
    return {
      bytes: Buffer.from(await encoded.arrayBuffer()),
      contentType: encoded.headers.get('content-type')!,
    };
  }
  return { bytes: body === undefined ? undefined : Buffer.from(body as string), contentType: undefined };
}
