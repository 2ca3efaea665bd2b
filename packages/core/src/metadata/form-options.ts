import {
  checkOptions,
  isBooleanOption,
  isIntegerOption,
  type OptionRule,
} from '../configuration/check-options';
import { DEFAULT_FORM_LIMITS, type FormLimits } from '../form/form-limits';

/** The limits of one file. */
export interface FormFileOptions {
  /** Maximum size in bytes; default: `fileBytes` of `@Multipart`, 1 MiB (1048576). A larger file is answered with 413. */
  readonly maxBytes?: number;
  /** The media types, such as `image/png` or `image/*`, that the client may declare; default: any. Others are answered with 415. */
  readonly types?: readonly string[];
  /** Answers a form without the file with 422. Default false: the handler gets undefined, or an empty list. */
  readonly required?: boolean;
}

/** The limits of the files with one name. */
export interface FormFilesOptions extends FormFileOptions {
  /** Maximum number of files; default: `files` of `@Multipart`, 20. More are answered with 413. */
  readonly max?: number;
}

/** The limits of a form. */
export interface MultipartOptions extends Partial<FormLimits> {
  /**
   * Maximum size of the whole body in bytes. Default: the route's `@BodyLimit` if it has one, else the application's
   * body limit plus the limits of the declared files.
   */
  readonly totalBytes?: number;
}

const MEDIA_TYPE = /^[a-z0-9!#$&^_.+-]+\/(?:\*|[a-z0-9!#$&^_.+-]+)$/;

const isTypeList: OptionRule = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((type) => MEDIA_TYPE.test(String(type)))
    ? undefined
    : 'must be a list of media types in lower case, such as image/png or image/*';

const FILE_RULES = { maxBytes: isIntegerOption(1), types: isTypeList, required: isBooleanOption };

const MULTIPART_RULES = {
  ...Object.fromEntries(Object.keys(DEFAULT_FORM_LIMITS).map((name) => [name, isIntegerOption(0)])),
  headerBytes: isIntegerOption(128, 65_536),
  stallTimeout: isIntegerOption(1, 3_600_000),
  totalBytes: isIntegerOption(0),
};

/** @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID */
export function checkFileOptions(options: FormFileOptions): void {
  checkOptions('@File', options, FILE_RULES);
}

/** @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID */
export function checkFilesOptions(options: FormFilesOptions): void {
  checkOptions('@Files', options, { ...FILE_RULES, max: isIntegerOption(1) });
}

/** @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID */
export function checkMultipartOptions(options: MultipartOptions): void {
  checkOptions('@Multipart', options, MULTIPART_RULES);
}
