import { createApp, type AppOptions } from '@sluice/core';
import { makeOpenApi, type DocumentOptions, type OpenApiDocument, type OperationObject } from '../src';

export const INFO = { title: 'Notes', version: '1.0.0' };

/** Makes the document of an application. */
export async function readDocument(
  app: AppOptions,
  options: Partial<DocumentOptions> = {},
): Promise<OpenApiDocument> {
  const { plan } = await createApp({ logger: { info() {}, warn() {}, error() {} }, ...app });
  return makeOpenApi(plan, { info: INFO, ...options });
}

/** Finds an operation by its id. */
export function findOperation({ paths }: OpenApiDocument, id: string): OperationObject {
  const operations = Object.values(paths).flatMap((item) => Object.values<OperationObject>(item));
  const found = operations.find(({ operationId }) => operationId === id);
  if (found === undefined) throw new Error(`There is no ${id}.`);
  return found;
}
