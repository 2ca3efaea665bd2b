import { checkOptions, isBooleanOption, isListOption, isTextOption, type OptionRule } from '@sluice/core/kit';
import type { Info, Server, Tag } from './document';

/** The parts of a document that the plan does not have. */
export interface DocumentOptions {
  /** The title and version of the API, and more about it. */
  readonly info: Info;
  /** Default: `basePath` of the application, or `/`. */
  readonly servers?: readonly Server[];
  /** Descriptions of tags, in the order in which tools show them. Tags that it lacks follow. Default: none. */
  readonly tags?: readonly Tag[];
  /** Only routes of this version, and those without one. Default: all. */
  readonly version?: string;
  /** Only routes of this host pattern, and those without one. Default: all. */
  readonly host?: string;
  /** Whether every route has a 500. Default: false. */
  readonly serverErrors?: boolean;
}

const isInfo: OptionRule = (value) => {
  const { title, version } = (value ?? {}) as Partial<Info>;
  return typeof title === 'string' && title !== '' && typeof version === 'string'
    ? undefined
    : "must have a title and a version: { title: 'Notes', version: '1.0.0' }";
};

export const DOCUMENT_RULES = {
  info: { required: isInfo },
  servers: isListOption,
  tags: isListOption,
  version: isTextOption,
  host: isTextOption,
  serverErrors: isBooleanOption,
};

/** @throws ConfigurationError OPTION_UNKNOWN, OPTION_MISSING, OPTION_INVALID */
export function checkDocumentOptions(options: DocumentOptions): void {
  checkOptions('makeOpenApi', options, DOCUMENT_RULES);
}
