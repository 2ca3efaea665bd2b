import { afterwards, gatewayTimeout, isPromise, type Context, type Next, type RouteInfo } from '@sluice/core';
import { EntryMaker, type MakerSettings, type Visit } from './entry-maker';
import { findRequestObstacle } from './find-request-obstacle';
import { Flights, type Flight } from './flights';
import type { CacheEntry } from './reply/cache-entry';
import { HeaderSnapshot } from './reply/stored-reply';
import { RequestKeys, type KeyOptions } from './request-key';
import type { RequestDirectives } from './request-directives';
import { FAILED } from './store/outage';

/** The settings of the cache, for one route. */
export interface RouteSettings extends KeyOptions, MakerSettings {
  /** Reads what a request asks of the cache; undefined: that does not count. */
  readonly readDirectives: ((context: Context) => RequestDirectives | undefined) | undefined;
}

/** A request waits for others so often, then it does its own work. */
const MOST_ROUNDS = 2;

/** The cache of one route. */
export class RouteCache {
  private readonly keys: RequestKeys;
  private readonly flights: Flights;
  private readonly maker: EntryMaker;

  constructor(
    route: RouteInfo,
    private readonly settings: RouteSettings,
  ) {
    this.keys = new RequestKeys(route, settings);
    this.flights = new Flights(settings.maxWaitMs);
    this.maker = new EntryMaker(this.keys, settings);
  }

  handle(context: Context, next: Next): unknown {
    const { method } = context.request;
    // A preflight runs the middleware of the route that it asks about.
    if (method !== 'GET' && method !== 'HEAD') return next();
    const { varyBy } = this.settings;
    if (varyBy === undefined) {
      const isAnonymous = context.request.header('authorization') === undefined;
      return isAnonymous
        ? this.look(context, next, undefined, 0)
        : this.bypass(context, next, 'authorization');
    }
    const user = varyBy(context);
    return isPromise(user)
      ? user.then((settled) => this.lookFor(context, next, settled))
      : this.lookFor(context, next, user);
  }

  private lookFor(context: Context, next: Next, user: string | undefined): unknown {
    if (user === undefined) return this.bypass(context, next, 'vary-by');
    if (typeof user !== 'string') throw new TypeError('varyBy must return text, or undefined.');
    return this.look(context, next, user, 0);
  }

  private look(context: Context, next: Next, user: string | undefined, round: number): unknown {
    const { store, readDirectives } = this.settings;
    const directives = readDirectives?.(context);
    if (directives?.isUnstored === true) return this.bypass(context, next, 'no-store');
    const key = this.keys.make(context, user);
    if (store.isShared) return this.ask(makeVisit(context, next, key, user, directives, round));
    const entry = store.find(key, context) as CacheEntry | undefined;
    if (entry !== undefined && directives === undefined && !entry.hasRanges) {
      const now = performance.now();
      if (entry.isFresh(now)) return this.answer(context, entry, now, true);
    }
    return this.decide(makeVisit(context, next, key, user, directives, round), entry);
  }

  /** Asks a store that may answer later. Others wait from then on, so that it is asked once. */
  private ask(visit: Visit): unknown {
    const { context, key } = visit;
    const running = this.flights.find(key);
    if (running !== undefined && visit.directives === undefined && visit.round < MOST_ROUNDS)
      return this.follow(visit, running);
    const found = this.settings.store.find(key, context);
    if (!isPromise(found)) return this.decideOrBypass(visit, found);
    const isPassing = this.maker.isPassing(key, performance.now());
    visit.flight = isPassing || running !== undefined ? undefined : this.flights.begin(key);
    return found.then((settled) => this.decideOrBypass(visit, settled));
  }

  private decideOrBypass(visit: Visit, found: CacheEntry | undefined | typeof FAILED): unknown {
    if (found !== FAILED) return this.decide(visit, found);
    visit.flight?.finish(undefined);
    return this.bypass(visit.context, visit.next, 'store-error');
  }

  /** Answers with an entry, if it can be used; otherwise runs the handler. */
  private decide(visit: Visit, entry: CacheEntry | undefined): unknown {
    const { context, directives } = visit;
    const now = performance.now();
    const isPart = entry?.hasRanges === true && context.request.header('range') !== undefined;
    if (entry !== undefined && !isPart) {
      const isAccepted = directives?.accepts(entry.readAge(now)) ?? true;
      const isStale = !entry.isFresh(now);
      if (isAccepted && (!isStale || entry.isWithin('staleWhileRevalidate', now))) {
        visit.flight?.finish(entry, true);
        // Only a request that could be a miss makes a reply for others.
        if (isStale && findRequestObstacle(context.request) === undefined && !this.settings.isLeft(context))
          this.maker.refresh(visit, new HeaderSnapshot(context.response), now);
        return this.answer(context, entry, now, true);
      }
      visit.forward = isAccepted ? 'stale' : 'request';
      if (entry.isWithin('staleIfError', now)) visit.stale = entry;
    }
    if (directives?.isOnlyCached === true) {
      visit.flight?.finish(undefined);
      return gatewayTimeout({ code: 'not_cached', detail: 'There is no fresh reply in the cache.' });
    }
    return this.forward(visit, now);
  }

  /** Runs the handler, or waits for another request that does. */
  private forward(visit: Visit, now: number): unknown {
    const { context, next, key, directives, round } = visit;
    const { request } = context;
    const obstacle = findRequestObstacle(request);
    if (obstacle !== undefined) {
      visit.flight?.finish(undefined);
      return this.bypass(context, next, obstacle);
    }
    const running = visit.flight === undefined ? this.flights.find(key) : undefined;
    const mayFollow = round < MOST_ROUNDS && directives?.accepts(0) !== false;
    if (running !== undefined && mayFollow) return this.follow(visit, running);
    const made = this.maker.make(visit);
    if (!isPromise(made)) return this.maker.finish(visit, made);
    const isLeading = running === undefined && !this.maker.isPassing(key, now);
    if (isLeading) visit.flight ??= this.flights.begin(key);
    // Whatever fails, the others go on.
    return made
      .then((settled) => this.maker.finish(visit, settled))
      .finally(() => visit.flight?.finish(undefined));
  }

  /** Waits for another request, and takes its entry if that is right for this one, too. */
  private follow(visit: Visit, flight: Flight): unknown {
    const { context, next, user, round } = visit;
    const { store } = this.settings;
    const result = flight.join();
    if (result === undefined) return this.bypass(context, next, 'overload');
    return result.then(async (landing) => {
      const now = performance.now();
      const mayAnswer = landing !== undefined && this.isRight(visit, landing.entry, now);
      if (!mayAnswer || !(await store.isCurrent(landing.entry, context)))
        return this.look(context, next, user, round + 1);
      if (this.settings.isLeft(context)) return undefined;
      const { entry, isHit } = landing;
      if (!isHit) this.maker.report(context, 'miss', 'collapsed');
      return entry.answer(context, now, isHit);
    });
  }

  /** Whether the entry of another request may answer this one. */
  private isRight({ context, key, user, directives }: Visit, entry: CacheEntry, now: number): boolean {
    if (entry.hasRanges || directives?.accepts(entry.readAge(now)) === false) return false;
    return this.keys.make(context, user) === key;
  }

  /** A step further out may have answered while the cache waited for the user or the store. */
  private answer(context: Context, entry: CacheEntry, now: number, isHit: boolean): void {
    if (!this.settings.isLeft(context)) entry.answer(context, now, isHit);
  }

  private bypass(context: Context, next: Next, detail: string): unknown {
    return afterwards(next(), () => {
      if (!this.settings.isLeft(context)) this.maker.report(context, 'bypass', `detail=${detail}`);
    });
  }
}

function makeVisit(
  context: Context,
  next: Next,
  key: string,
  user: string | undefined,
  directives: RequestDirectives | undefined,
  round: number,
): Visit {
  return {
    context,
    next,
    key,
    user,
    directives,
    round,
    flight: undefined,
    stale: undefined,
    forward: 'miss',
  };
}
