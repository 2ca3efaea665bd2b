import { randomBytes } from 'node:crypto';
import type { Context, MaybePromise } from '@sluice/core';
import { findInCookies, findInStore, MOST_CANDIDATES, startSession, type FoundSession } from './find-session';
import type { SessionData } from './session-data';
import { EMPTY_TEXT, formatData, isStillFlat } from './session-json';
import { SessionObject } from './session-object';
import { readSeconds, type SessionSettings } from './session-settings';
import { hashIdentity } from './stored-session';
import { endSession, issueCookie, saveInStore, type Renewal } from './write-session';

/** With an idle timeout, use is noted once this part of it has passed: not with every response. */
const NOTED_PART = 0.1;

/** The session of one request: found when first read, written on the way back. */
export class SessionState {
  private found: FoundSession | undefined;
  private finding: Promise<SessionData> | undefined;
  private identity: Uint8Array | undefined;
  private createdAt: number | undefined;
  private renewal: Renewal = 'none';
  private isFinished = false;

  constructor(
    private readonly context: Context,
    private readonly settings: SessionSettings,
    /** The session of the middleware further out, if there is one. */
    readonly outer: SessionState | undefined,
  ) {}

  get cookieName(): string {
    return this.settings.cookieName;
  }

  /**
   * The state behind a data object.
   *
   * @throws TypeError when it is not the object that the request was given
   */
  static of(data: object): SessionState {
    const state = SessionObject.findState(data);
    if (state !== undefined) return state;
    const message =
      'This is no session: pass the very object that @Session() or readSession() gave, not a copy.';
    throw new TypeError(message);
  }

  /** The data object, the same at every call; a promise of it only with a store. */
  read(): MaybePromise<SessionData> {
    if (this.found !== undefined) return this.found.data;
    if (this.finding !== undefined) return this.finding;
    if (this.isFinished) this.addVary();
    const { settings } = this;
    const { request } = this.context;
    if (settings.store === undefined) return this.begin(findInCookies(this, settings, request));
    const values = request.cookieValues(settings.cookieName);
    if (values.length > MOST_CANDIDATES) values.length = MOST_CANDIDATES;
    if (values.length === 0) return this.begin(startSession(this, false));
    return (this.finding = findInStore(this, settings, settings.store, values).then((found) =>
      this.begin(found),
    ));
  }

  /** Gives the session a new identity; the old one is good for nothing any more. */
  renew(keepData: boolean): void {
    const { data } = this.found!;
    if (!keepData) for (const key of Object.keys(data)) delete data[key];
    this.renewal = keepData && this.renewal !== 'empty' ? 'keep' : 'empty';
    this.identity = undefined;
    this.createdAt = undefined;
  }

  /** The public name of the session's identity, whether that is new, and since when it is, in milliseconds. */
  describe(): { id: string; isNew: boolean; createdAt: number } {
    const { identity, createdAt } = this.settleIdentity(readSeconds());
    const isNew = this.renewal !== 'none' || this.found!.opened === undefined;
    return { id: hashIdentity(identity), isNew, createdAt: createdAt * 1000 };
  }

  /**
   * Writes what is to be written, before the response is sent; a promise only with a store.
   *
   * @throws Error when the cookie would be too long: nothing has been written then
   */
  finish(): MaybePromise<void> {
    this.isFinished = true;
    const { found, context, settings } = this;
    if (found === undefined) {
      if (this.finding !== undefined) this.addVary();
      return;
    }
    this.addVary();
    const { values, data } = found;
    const text = values !== null && isStillFlat(values, data) ? found.text : formatData(data);
    if (text === EMPTY_TEXT) return endSession(context, settings, found);
    const isChanged = this.isChanged(found, text);
    if (!isChanged && !settings.isTimed) return;
    const now = readSeconds();
    if (this.isOver(now)) return endSession(context, settings, found);
    if (!isChanged && !this.isNoteDue(found, now)) return;
    const claims = { ...this.settleIdentity(now), issuedAt: now };
    if (settings.store === undefined) return issueCookie(context, settings, { ...claims, payload: text });
    const { renewal } = this;
    return saveInStore(context, settings, settings.store, { found, text, claims, renewal });
  }

  private begin(found: FoundSession): SessionData {
    this.found = found;
    this.identity = found.opened?.identity;
    this.createdAt = found.opened?.createdAt;
    return found.data;
  }

  private settleIdentity(now: number): { identity: Uint8Array; createdAt: number } {
    this.identity ??= randomBytes(this.settings.identityLength);
    this.createdAt ??= now;
    return { identity: this.identity, createdAt: this.createdAt };
  }

  /** The limit was passed while the request ran. */
  private isOver(now: number): boolean {
    return this.createdAt !== undefined && now >= this.createdAt + this.settings.absoluteTimeout;
  }

  private isChanged({ opened, text }: FoundSession, present: string): boolean {
    return opened === undefined || opened.isOldKey || present !== text || this.renewal !== 'none';
  }

  /** Its use is to be noted, in a cookie with a new time. */
  private isNoteDue({ opened }: FoundSession, now: number): boolean {
    const { rolling, idleTimeout } = this.settings;
    return rolling || now - opened!.issuedAt >= idleTimeout * NOTED_PART;
  }

  private addVary(): void {
    this.context.response.headers.vary('Cookie');
  }
}
