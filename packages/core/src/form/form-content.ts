import { contextKey } from '../http/context-key';
import type { QueryValues } from '../http/query/query-values';
import type { UploadedFile } from './uploaded-file';

/** A form that has been read. */
export interface FormContent {
  readonly fields: QueryValues;
  readonly files: readonly UploadedFile[];
}

/** Under which the form step leaves the form for the arguments of the handler. */
export const FORM = contextKey<FormContent>('form');
