import { isCompressibleType } from '../src';

describe('isCompressibleType', () => {
  it.each([
    'text/plain',
    'text/html',
    'text/css',
    'text/javascript',
    'text/x-unheard-of',
    'application/json',
    'application/problem+json',
    'application/ld+json',
    'application/vnd.example.v2+json',
    'application/javascript',
    'application/xml',
    'application/atom+xml',
    'application/xhtml+xml',
    'application/manifest+json',
    'application/x-ndjson',
    'application/graphql-response+json',
    'application/wasm',
    'application/x-www-form-urlencoded',
    'application/grpc-web-text',
    'application/grpc-web+json',
    'image/svg+xml',
    'model/gltf+json',
    'font/ttf',
    'font/otf',
  ])('is true for %s', (type) => {
    expect(isCompressibleType(type)).toBe(true);
  });

  it.each([
    '',
    'text',
    'text/event-stream',
    'image/png',
    'image/jpeg',
    'image/webp',
    'audio/mpeg',
    'video/mp4',
    'font/woff',
    'font/woff2',
    'application/zip',
    'application/gzip',
    'application/zstd',
    'application/pdf',
    'application/epub+zip',
    'application/octet-stream',
    'application/grpc',
    'application/grpc+proto',
    'application/grpc+json',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'multipart/byteranges',
    'application/jsonx',
    'xapplication/json',
  ])('is false for %j', (type) => {
    expect(isCompressibleType(type)).toBe(false);
  });
});
