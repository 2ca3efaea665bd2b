import { contextKey } from '../http/context-key';
import type { QueryValues } from '../http/query/query-values';
import type { UploadedFile } from './uploaded-file';

/** A form that has been read. */
export interface FormContent {
  readonly fields: QueryValues;
  readonly files: readonly UploadedFile[];
}

/** The key under which the form step leaves the form for the handler's arguments. */
export const FORM = contextKey<FormContent>('form');
