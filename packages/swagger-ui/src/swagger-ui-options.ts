import { ConfigurationError, type ConfigurationProblem } from '@sluice/core';
import {
  findOptionProblems,
  isBooleanOption,
  isIntegerOption,
  isOneOfOption,
  isTextOption,
  type OptionRule,
  type OptionRules,
} from '@sluice/core/kit';
import { PAGE_RULES, type PageOptions } from '@sluice/openapi/page';

/** Options of `swaggerUi`. */
export interface SwaggerUiOptions extends PageOptions {
  /** The path of the page. Default: `/docs`. */
  readonly path?: string;
  /** How the page looks and behaves at first. */
  readonly settings?: SwaggerUiSettings;
  /** The client with which a person logs in at an OAuth 2 server. Default: the person enters it. */
  readonly oauth?: OAuthOptions;
}

/** The settings of Swagger UI that the page passes on, under their names there. */
export interface SwaggerUiSettings {
  /** Whether the address names the operation that is open. Default: true. */
  readonly deepLinking?: boolean;
  /** Default: false. */
  readonly displayOperationId?: boolean;
  /** Whether replies have their time. Default: true. */
  readonly displayRequestDuration?: boolean;
  /** The depth at which tags and operations are open at first: tags, operations too, or nothing. Default: `list`. */
  readonly docExpansion?: 'list' | 'full' | 'none';
  /** Whether a field filters the tags. Default: false. */
  readonly filter?: boolean;
  /** How deep schemas are open at first; -1 hides them. Default: 1. */
  readonly defaultModelsExpandDepth?: number;
  /** Default: the order of the document. */
  readonly operationsSorter?: 'alpha' | 'method';
  /** Default: the order of the document. */
  readonly tagsSorter?: 'alpha';
  /** Whether credentials outlive the page, in the storage of the browser. Default: false. */
  readonly persistAuthorization?: boolean;
  /** Whether operations are ready to be tried without a click. Default: false. */
  readonly tryItOutEnabled?: boolean;
}

/** A public client of an OAuth 2 server. It uses PKCE and has no secret, because the page would show it. */
export interface OAuthOptions {
  readonly clientId: string;
  /** The scopes that are selected at first. Default: none. */
  readonly scopes?: readonly string[];
  /** More query parameters of the request for authorization, such as `audience`. Default: none. */
  readonly parameters?: Readonly<Record<string, string>>;
}

const isTexts: OptionRule = (value) =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')
    ? undefined
    : 'must be a list of texts';
const isTextRecord: OptionRule = (value) =>
  typeof value === 'object' && value !== null && isTexts(Object.values(value)) === undefined
    ? undefined
    : 'must be texts by their name';

const RULES: OptionRules = { ...PAGE_RULES, settings: () => undefined, oauth: () => undefined };

const SETTING_RULES = {
  deepLinking: isBooleanOption,
  displayOperationId: isBooleanOption,
  displayRequestDuration: isBooleanOption,
  docExpansion: isOneOfOption('list', 'full', 'none'),
  filter: isBooleanOption,
  defaultModelsExpandDepth: isIntegerOption(-1),
  operationsSorter: isOneOfOption('alpha', 'method'),
  tagsSorter: isOneOfOption('alpha'),
  persistAuthorization: isBooleanOption,
  tryItOutEnabled: isBooleanOption,
} satisfies Record<keyof SwaggerUiSettings, OptionRule>;

const OAUTH_RULES = {
  clientId: { required: isTextOption },
  scopes: isTexts,
  parameters: isTextRecord,
} satisfies OptionRules;

/** @throws ConfigurationError OPTION_UNKNOWN, OPTION_MISSING, OPTION_INVALID, for the options and for those in them */
export function checkSwaggerUiOptions(options: SwaggerUiOptions): void {
  const { settings, oauth } = Object(options) as SwaggerUiOptions;
  const problems = [
    ...findOptionProblems('swaggerUi', options, RULES),
    ...findInner('settings', settings, SETTING_RULES),
    ...findInner('oauth', oauth, OAUTH_RULES),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function findInner(name: string, given: unknown, rules: OptionRules): readonly ConfigurationProblem[] {
  if (given === undefined) return [];
  return findOptionProblems('swaggerUi', given, rules, `swaggerUi(), ${name}`);
}
