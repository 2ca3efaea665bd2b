export { makeOpenApi } from './make-openapi';
export { openapi, OPENAPI, type OpenApiOptions } from './openapi';
export type { DocumentOptions } from './openapi-options';
export {
  Operation,
  OPERATION,
  type ContentType,
  type DescribedBody,
  type DescribedParameter,
  type DescribedReply,
  type OperationOptions,
} from './operation';
export { SchemaName } from './schema/schema-name';
export { readServedDocument, writeYaml } from './served-document';
export type { Info, OpenApiDocument, OperationObject, Server, Tag } from './document';
