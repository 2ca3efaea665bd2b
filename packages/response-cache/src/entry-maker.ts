import { isPromise, type Context, type MaybePromise, type Next } from '@sluice/core';
import { BoundedSet } from './bounded-set';
import type { Flight } from './flights';
import { makeEntry, type EntrySettings, type Made } from './make-entry';
import type { CacheEntry } from './reply/cache-entry';
import type { HeaderSnapshot } from './reply/stored-reply';
import type { RequestKeys } from './request-key';
import type { RequestDirectives } from './request-directives';
import type { GuardedStore } from './store/guarded-store';

/** Why a request went to the handler (RFC 9211 §2.2). */
export type Forward = 'bypass' | 'miss' | 'request' | 'stale';

/** A request that found no fresh entry, on its way to the handler. */
export interface Visit {
  readonly context: Context;
  readonly next: Next;
  readonly key: string;
  /** The text of `varyBy`. */
  readonly user: string | undefined;
  readonly directives: RequestDirectives | undefined;
  /** How often it has waited for others already. */
  readonly round: number;
  /** Others wait for it. */
  flight: Flight | undefined;
  /** An entry that may be used if the handler fails. */
  stale: CacheEntry | undefined;
  forward: Forward;
}

/** The settings of everything that makes entries. */
export interface MakerSettings extends EntrySettings {
  readonly store: GuardedStore;
  readonly maxWaitMs: number;
  /** The users that share replies; undefined: the reply is the same for all of them. */
  readonly varyBy: ((context: Context) => MaybePromise<string | undefined>) | undefined;
}

/** For so long after a reply that cannot be kept, no request waits for another one. */
const PASS_MS = 30_000;
const MOST_KEYS = 1000;
/** Clients choose the length of a key. */
const LONGEST_KEY = 500;

/** Answers to the conditions, or to the number of requests, of one client: the reply to others may well be kept. */
const STATUSES_OF_ONE = new Set([304, 412, 429]);

/** Runs the handler, keeps what it makes, and decides what the request gets. */
export class EntryMaker {
  /** The keys whose replies could not be kept. */
  private readonly passing = new BoundedSet(MOST_KEYS);
  /** The keys that a background task makes anew. */
  private readonly refreshing = new BoundedSet(MOST_KEYS);

  constructor(
    private readonly keys: RequestKeys,
    private readonly settings: MakerSettings,
  ) {}

  /** Whether no request waits for another one of this key, because a recent reply could not be kept (hit-for-pass). */
  isPassing(key: string, now: number): boolean {
    return this.passing.has(key, now);
  }

  /** Runs the steps inside the cache. */
  make(visit: Visit): MaybePromise<Made> {
    const { context, next } = visit;
    const made = makeEntry(context, next, this.keys, this.settings.store.version, this.settings);
    if (this.settings.varyBy === undefined) return made;
    return isPromise(made)
      ? made.then((settled) => this.checkUser(visit, settled))
      : this.checkUser(visit, made);
  }

  /** The handler may have logged the user in or out: then its reply is not for those who come as this request did. */
  private checkUser({ context, user }: Visit, made: Made): MaybePromise<Made> {
    const { varyBy } = this.settings;
    if (varyBy === undefined || made.entry === undefined) return made;
    const compare = (present: string | undefined): Made =>
      present === user ? made : { ...made, entry: undefined, obstacle: 'vary-by' };
    try {
      const present = varyBy(context);
      return isPromise(present) ? present.then(compare, () => compare(undefined)) : compare(present);
    } catch {
      return compare(undefined);
    }
  }

  /** Keeps what was made, and lets the others go on. */
  finish(visit: Visit, made: Made): void {
    const { context, flight, stale, forward } = visit;
    const { entry, hasFailed, obstacle } = made;
    const now = performance.now();
    if (this.settings.isLeft(context)) flight?.finish(undefined);
    else if (hasFailed && stale?.isWithin('staleIfError', now)) {
      flight?.finish(stale);
      this.answerStale(visit, stale, made, now);
    } else if (entry === undefined) {
      const saysNothing = hasFailed || STATUSES_OF_ONE.has(context.response.status);
      if (!saysNothing && visit.key.length <= LONGEST_KEY) this.passing.add(visit.key, now + PASS_MS);
      if (forward !== 'miss') this.removeFormer(visit, made);
      flight?.finish(undefined);
      this.report(context, forward, `detail=${obstacle}`);
    } else {
      this.keep(visit, entry);
      flight?.finish(entry);
      this.report(context, forward, 'stored');
    }
  }

  /** Makes an entry anew after the response was sent. `before`: the headers before the cache answered. */
  refresh(visit: Visit, before: HeaderSnapshot, now: number): void {
    const { context, key } = visit;
    if (this.refreshing.has(key, now)) return;
    this.refreshing.add(key, now + this.settings.maxWaitMs);
    const task = async (): Promise<void> => {
      const { response } = context;
      response.reset();
      before.restore(response);
      const made = this.make(visit);
      const settled = isPromise(made) ? await made : made;
      if (settled.entry !== undefined) this.keep(visit, settled.entry);
      else if (settled.hasFailed) context.app.logger.error(...describeFailure(context));
      else this.removeFormer(visit, settled);
      // No client gets it, so a stream must not run on.
      response.reset();
      this.refreshing.delete(key);
    };
    try {
      context.background(task);
    } catch {
      // The application has too many tasks, and a later request tries it again.
      this.refreshing.delete(key);
    }
  }

  /** Adds the cache to Cache-Status (RFC 9211), behind caches that the request has passed before. */
  report({ response }: Context, forward: Forward, parameters: string): void {
    const { statusName } = this.settings;
    if (statusName !== undefined)
      response.headers.append('Cache-Status', `${statusName}; fwd=${forward}; ${parameters}`);
  }

  private keep({ context, key, user }: Visit, entry: CacheEntry): void {
    this.passing.delete(key);
    // The reply may have named a field of Vary that no other has, which makes another key.
    this.settings.store.save(this.keys.make(context, user), entry, context);
  }

  /**
   * Removes the former reply because of one that is not kept: the state may be gone, and a request that finds nothing
   * makes its reply before the response, where fewer obstacles are than after it.
   */
  private removeFormer({ context, key }: Visit, { hasFailed }: Made): void {
    if (!hasFailed && !STATUSES_OF_ONE.has(context.response.status)) this.settings.store.remove(key, context);
  }

  private answerStale({ context }: Visit, stale: CacheEntry, { before }: Made, now: number): void {
    const { response } = context;
    const { status } = response;
    response.reset();
    before.restore(response);
    this.report(context, 'stale', `fwd-status=${status}; detail=stale-if-error`);
    stale.answer(context, now, false);
  }
}

/** The error and the message of a reply that could not be made in the background. */
function describeFailure({ error, response, route }: Context): [error: unknown, message: string] {
  return [
    error ?? new Error(`The status was ${response.status}.`),
    `The cache could not make the reply of ${route.name} anew`,
  ];
}
