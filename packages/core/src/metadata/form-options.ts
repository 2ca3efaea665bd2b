import {
  checkOptions,
  isBooleanOption,
  isIntegerOption,
  type OptionRule,
} from '../configuration/check-options';
import { DEFAULT_FORM_LIMITS, type FormLimits } from '../form/form-limits';

/** What one file may be. */
export interface FormFileOptions {
  /** Bytes; default: `fileBytes` of `@Multipart`, 1 MiB. More is answered with 413. */
  readonly maxBytes?: number;
  /** Media types, or `image/*`, that the client must claim; default any. Others are answered with 415. */
  readonly types?: readonly string[];
  /** A form without it is answered with 422; default false, the handler gets undefined, or no file in its list. */
  readonly required?: boolean;
}

/** What the files of one name may be. */
export interface FormFilesOptions extends FormFileOptions {
  /** How many; default: `files` of `@Multipart`, 20. More are answered with 413. */
  readonly max?: number;
}

/** What a form may have. */
export interface MultipartOptions extends Partial<FormLimits> {
  /**
   * Bytes of the whole body. Default: `@BodyLimit` where the route has one, else the application's body limit and
   * on top of it what the declared files may have.
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

/** Throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID. */
export function checkFileOptions(options: FormFileOptions): void {
  checkOptions('@File', options, FILE_RULES);
}

/** Throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID. */
export function checkFilesOptions(options: FormFilesOptions): void {
  checkOptions('@Files', options, { ...FILE_RULES, max: isIntegerOption(1) });
}

/** Throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID. */
export function checkMultipartOptions(options: MultipartOptions): void {
  checkOptions('@Multipart', options, MULTIPART_RULES);
}
