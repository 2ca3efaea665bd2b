import type { FormatError } from '../http/error-handler';
import { makeWriteJson, type WriteJson } from '../http/reply/write-json';
import type { Logger } from '../http/logger';
import type { ProxyTrust } from '../http/proxy/forwarded-client';
import type { Overrides } from '../plan/override';
import type { RoutePlan } from '../plan/plan';

/** The options of the application that its pipelines depend on. */
export interface PipelineOptions {
  readonly development: boolean;
  readonly logger: Logger;
  readonly formatError: FormatError | undefined;
  /** Writes JSON; default: without options. */
  readonly writeJson?: WriteJson | undefined;
  /** The proxies whose headers are believed; default none. */
  readonly proxyTrust?: ProxyTrust | undefined;
  /** Replaces how parameters are read; default none. */
  readonly overrides?: Overrides | undefined;
}

/** Returns the options for one route: a mounted application may have `formatError` and `json` of its own. */
export function mergeRouteOptions(
  { formatError, json }: RoutePlan,
  options: PipelineOptions,
): PipelineOptions {
  if (formatError === undefined && json === undefined) return options;
  return {
    ...options,
    ...(formatError && { formatError }),
    ...(json && { writeJson: makeWriteJson(json, options.development) }),
  };
}
