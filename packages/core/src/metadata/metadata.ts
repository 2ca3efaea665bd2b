import type { MiddlewareLike } from '../http/middleware';
import type { SseOptions } from '../http/reply/sse';
import type { MarkedValue } from '../routing/route-mark';
import type { ControllerOptions, VersionGiven } from './controller-options';
import type { MultipartOptions } from './form-options';
import type {
  CatchRecord,
  InjectableOptions,
  InjectRecord,
  ParameterRecord,
  PlacedWork,
  ReplyHeaderRecord,
  RouteRecord,
} from './records';
import type { ReturnsRecord } from './returns-options';
import type { SkipRecord } from './skip-record';
import { StoredList, StoredValue } from './stored-record';

/** Everything that the decorators write. Each record is on a class, or on a member of its prototype, or on either. */
export const metadata = {
  // On classes.
  controller: new StoredValue<ControllerOptions>('controller'),
  injectable: new StoredValue<InjectableOptions>('injectable'),
  injections: new StoredList<InjectRecord>('tokens'),
  // On the prototype, as the names of its methods.
  start: new StoredList<string | symbol>('start'),
  stop: new StoredList<string | symbol>('stop'),
  // On the prototype, with the names of its methods.
  work: new StoredList<PlacedWork>('work'),
  // On classes and methods.
  middleware: new StoredList<MiddlewareLike | SkipRecord>('middleware'),
  marks: new StoredList<MarkedValue>('marks'),
  catches: new StoredList<CatchRecord>('catches'),
  bodyLimit: new StoredValue<number>('body-limit'),
  multipart: new StoredValue<MultipartOptions>('multipart'),
  replyHeaders: new StoredList<ReplyHeaderRecord>('reply-headers'),
  // On methods.
  routes: new StoredList<RouteRecord>('routes'),
  version: new StoredValue<VersionGiven>('version'),
  parameters: new StoredList<ParameterRecord>('parameters'),
  status: new StoredValue<number>('status'),
  returns: new StoredValue<ReturnsRecord>('returns'),
  sse: new StoredValue<SseOptions>('sse'),
};
