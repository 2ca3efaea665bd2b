const TYPES: ReadonlySet<string> = new Set([
  'application/ecmascript',
  'application/graphql',
  'application/grpc-web-text',
  'application/javascript',
  'application/json',
  'application/json-seq',
  'application/jsonl',
  'application/jsonlines',
  'application/ndjson',
  'application/protobuf',
  'application/rtf',
  'application/sql',
  'application/toml',
  'application/vnd.google.protobuf',
  'application/vnd.ms-fontobject',
  'application/wasm',
  'application/x-javascript',
  'application/x-ndjson',
  'application/x-protobuf',
  'application/x-sh',
  'application/x-www-form-urlencoded',
  'application/x-yaml',
  'application/xml',
  'application/xml-dtd',
  'application/yaml',
  'font/collection',
  'font/otf',
  'font/sfnt',
  'font/ttf',
]);

const SUFFIX = /^(?:application|image|message|model)\/[^/]+\+(?:json|json-seq|text|xml|yaml)$/;

/** gRPC compresses each message itself, and its clients cannot decode a body that is encoded on top of that. */
const GRPC = /^application\/grpc(?:$|\+)/;

/**
 * Whether bodies of this type shrink: text, JSON, XML (SVG too), scripts, WebAssembly and uncompressed fonts do.
 * Images, audio, video, archives, WOFF, gRPC and unknown types do not. Event streams have an option of their own.
 *
 * @param mediaType in lower case, without parameters: `application/json`
 */
export function isCompressibleType(mediaType: string): boolean {
  if (mediaType.startsWith('text/')) return mediaType !== 'text/event-stream';
  return TYPES.has(mediaType) || (SUFFIX.test(mediaType) && !GRPC.test(mediaType));
}
