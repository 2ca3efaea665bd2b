/**
 * The parts that packages of middleware, stores, services and tools are built from, as `@sluice/core/kit`: the checks of
 * options, the grammars of headers and hosts, files, calls to other servers, validation, and the numbers of workers.
 * Applications need none of them.
 */
export {
  checkOptions,
  describeFunction,
  findOptionProblems,
  hasMethodsOption,
  invalidOption,
  isBooleanOption,
  isFunctionOption,
  isIntegerOption,
  isListOption,
  isOneOfOption,
  isTextOption,
  type OptionRule,
  type OptionRules,
} from './configuration/check-options';
export { formatThrown } from './configuration/format-thrown';
export { BUILT_IN_TYPES } from './metadata/built-in-types';
export { observeApps, type AppObserver } from './app/app-observer';
export { ReceivedHead } from './engine/memory/received-head';
export { GatheredChunks } from './http/body/gathered-chunks';
export { findAnnouncedLength } from './http/body/body-length';
export { findForms, keepForms } from './http/body/kept-forms';
export { isStreamSource, readChunks } from './http/body/stream-body';
export { findAbortTime } from './http/calls/find-abort-time';
export { isInTime } from './http/calls/is-in-time';
export { PendingCalls, type RefusalReason } from './http/calls/pending-calls';
export { watchOutage, type OutageReport } from './http/calls/watch-outage';
export { toLoggedError } from './http/logger';
export { findLoggedId } from './http/describe-request';
export { answerWithFile } from './http/file/answer-with-file';
export { describeFile, type FileHead } from './http/file/describe-file';
export { describeOpened } from './http/file/describe-opened';
export { FileChunks } from './http/file/file-chunks';
export { openFile, type OpenFile } from './http/file/open-file';
export { answerIfChanged } from './http/file/answer-if-changed';
export { checkPreconditions, isTagListed, type Validators } from './http/file/preconditions';
export { findCookieFault } from './http/headers/cookies';
export { isToken } from './http/headers/header-check';
export { isPreflight } from './http/headers/is-preflight';
export { hasOneValue } from './http/headers/has-one-value';
export { parseQualityList, type QualityValue } from './http/headers/quality-list';
export { compileTrust, findTrustFault, type IsTrustedProxy } from './http/proxy/trusted-proxies';
export { listenForClosing } from './http/route-home';
export { invalidHost } from './http/status/http-error';
export { isRefused } from './http/status/is-refused';
export { checkTarget } from './plan/check/check-body-classes';
export { isTable } from './plan/read/plain/is-table';
export { listValues } from './plan/read/read-coercion';
export { readTexts } from './plan/read/read-texts';
export { parseHost, type Host } from './routing/host';
export { compileValidator } from './validation/compile-validator';
export { readDecorated, type DecoratedMethod } from './plan/work/read-work';
export { checkCalled } from './metadata/misplaced-decorator';
export { makeWorkDecorator } from './metadata/decorators/work';
export type { WorkRecord } from './metadata/records';
export { isStandardSchema } from './validation/standard-schema';
export type { Validate } from './validation/validate';
export { makeTextParser, type TextCoercion, type TextProperty } from './validation/text-types';
export {
  outlineClass,
  type ClassOutline,
  type OutlineOptions,
  type PropertyOutline,
  type RuleOutline,
} from './validation/classes/outline-class';
export { describeWorker } from './configuration/worker-info';
export { shareAmongWorkers } from './workers/share-among-workers';
export type { Series, SharedNumbers, WorkerNumbers } from './workers/shared-numbers';
