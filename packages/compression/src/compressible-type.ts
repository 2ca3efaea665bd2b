const WORDS: ReadonlySet<string> = new Set([
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

/** gRPC compresses message by message; a body encoded on top of that is unreadable to its clients. */
const GRPC = /^application\/grpc(?:$|\+)/;

/**
 * Answers whether bodies of this type shrink: text, JSON, XML (SVG too), scripts, WebAssembly, plain fonts.
 * Images, sound, films, archives, WOFF, gRPC and unknown types do not. Event streams are left to an option.
 *
 * @param mediaType in lower case, without parameters: `application/json`
 */
export function isCompressibleType(mediaType: string): boolean {
  if (mediaType.startsWith('text/')) return mediaType !== 'text/event-stream';
  return WORDS.has(mediaType) || (SUFFIX.test(mediaType) && !GRPC.test(mediaType));
}
