import { ConfigurationError } from '@sluice/core';
import { findOptionProblems, isBooleanOption, isOneOfOption, type OptionRule } from '@sluice/core/kit';
import { PAGE_RULES, type PageOptions } from '@sluice/openapi/page';

/** Options of `openapiScalar`. */
export interface OpenapiScalarOptions extends PageOptions {
  /** The path of the page. Default: `/reference`. */
  readonly path?: string;
  /** How the page looks and behaves at first. */
  readonly settings?: ScalarSettings;
}

const THEMES = [
  'default',
  'alternate',
  'moon',
  'purple',
  'solarized',
  'bluePlanet',
  'deepSpace',
  'saturn',
  'kepler',
  'mars',
  'laserwave',
  'none',
] as const;

/** The settings of Scalar that the page passes on, under their names there. */
export interface ScalarSettings {
  /** The colours. Default: `default`. */
  readonly theme?: (typeof THEMES)[number];
  /** One long page with a bar at the side, or one column whose parts open. Default: `modern`. */
  readonly layout?: 'modern' | 'classic';
  /** Default: the colour scheme of the system, until the person chooses one. */
  readonly darkMode?: boolean;
  /** Default: false. */
  readonly hideModels?: boolean;
  /** Default: false. */
  readonly hideSearch?: boolean;
  /** Whether every tag is open at first. Default: false. */
  readonly defaultOpenAllTags?: boolean;
  /** Whether the bar at the side names operations by their summary or by their path. Default: `summary`. */
  readonly operationTitleSource?: 'summary' | 'path';
  /** Default: the order of the document. */
  readonly operationsSorter?: 'alpha' | 'method';
  /** Default: the order of the document. */
  readonly tagsSorter?: 'alpha';
  /** Whether credentials outlive the page, in the storage of the browser. Default: false. */
  readonly persistAuth?: boolean;
}

const SETTING_RULES = {
  theme: isOneOfOption(...THEMES),
  layout: isOneOfOption('modern', 'classic'),
  darkMode: isBooleanOption,
  hideModels: isBooleanOption,
  hideSearch: isBooleanOption,
  defaultOpenAllTags: isBooleanOption,
  operationTitleSource: isOneOfOption('summary', 'path'),
  operationsSorter: isOneOfOption('alpha', 'method'),
  tagsSorter: isOneOfOption('alpha'),
  persistAuth: isBooleanOption,
} satisfies Record<keyof ScalarSettings, OptionRule>;

/** @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID, for the options and for the settings in them */
export function checkOpenapiScalarOptions(options: OpenapiScalarOptions): void {
  const { settings = {} } = Object(options) as OpenapiScalarOptions;
  const problems = [
    ...findOptionProblems('openapiScalar', options, { ...PAGE_RULES, settings: () => undefined }),
    ...findOptionProblems('openapiScalar', settings, SETTING_RULES, 'openapiScalar(), settings'),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
}
