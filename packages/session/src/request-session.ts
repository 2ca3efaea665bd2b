import { contextKey, isPromise, type Context, type MaybePromise } from '@sluice/core';
import { isUnchanged } from './data/flat-data';
import type { SessionData } from './data/session-data';
import { checkData } from './data/check-data';
import { EMPTY_TEXT, formatData } from './data/session-json';
import { findOwner } from './data/session-object';
import type { FoundSession, Renewal, SessionKeeper } from './session-keeper';
import type { SessionSettings } from './session-settings';
import { drawIdentity } from './token/draw-identity';
import { hashIdentity, readSeconds } from './token/token';

/** With an idle timeout, the use of a session is recorded once this part of it has passed, not with every response. */
const RECORDED_PART = 0.1;

/** The key of the request's session; of several, the innermost. */
export const REQUEST_SESSION = contextKey<RequestSession>('session');

/**
 * The session of one request. It is found when it is first read, and saved on the way back if it has changed.
 * It owns the data object that the request gets.
 */
export class RequestSession {
  private found: FoundSession | undefined;
  private finding: Promise<SessionData> | undefined;
  private identity: Uint8Array | undefined;
  private createdAt: number | undefined;
  private renewal: Renewal = 'none';
  /** The text that was saved; undefined before the end of the request. */
  private saved: string | undefined;

  constructor(
    private readonly context: Context,
    private readonly settings: SessionSettings,
    private readonly keeper: SessionKeeper,
    /** The session of the next session middleware further out. */
    readonly outer: RequestSession | undefined,
  ) {}

  get cookieName(): string {
    return this.settings.cookieName;
  }

  /**
   * Finds the session that a data object belongs to.
   *
   * @throws TypeError when it is not the object that the request got
   */
  static of(data: object): RequestSession {
    const owner = findOwner(data);
    if (owner instanceof RequestSession) return owner;
    throw new TypeError(
      'This object is not a session. Pass the object that @Session() or readSession() gave you, not a copy of it.',
    );
  }

  /** Returns the data object, the same at every call. */
  read(): MaybePromise<SessionData> {
    if (this.found !== undefined) return this.found.data;
    if (this.finding !== undefined) return this.finding;
    if (this.saved !== undefined) this.addVary();
    const found = this.keeper.find(this.context.request, this);
    if (!isPromise(found)) return this.begin(found);
    return (this.finding = found.then((settled) => this.begin(settled)));
  }

  /**
   * Gives the session a new identity. The old one no longer opens it.
   *
   * @throws Error when the session has been saved, because its cookie can no longer be set
   */
  renew(keepData: boolean): void {
    if (this.saved !== undefined) throw new Error(explainLate(this.context, 'regenerated or destroyed'));
    const { data } = this.found!;
    this.context.response.isUnique = true;
    if (!keepData) for (const key of Object.keys(data)) delete data[key];
    this.renewal = keepData && this.renewal !== 'empty' ? 'keep' : 'empty';
    this.identity = undefined;
    this.createdAt = undefined;
  }

  describe(): { id: string; isNew: boolean; createdAt: number } {
    const { identity, createdAt } = this.ensureIdentity(readSeconds());
    const isNew = this.renewal !== 'none' || this.found!.token === undefined;
    return { id: hashIdentity(identity), isNew, createdAt: createdAt * 1000 };
  }

  /**
   * Saves or ends the session before the response is sent, if that is necessary.
   *
   * @throws Error when the cookie would be too long
   */
  finish(): MaybePromise<void> {
    this.saved = EMPTY_TEXT;
    const { found, keeper, context } = this;
    if (found !== undefined || this.finding !== undefined) this.addVary();
    if (found === undefined) return;
    const text = formatFound(found);
    this.watch(found, text);
    if (text === EMPTY_TEXT && !this.isPartOnly(found))
      return this.hasEnded(found) ? keeper.end(context, found) : undefined;
    const isChanged = this.isChanged(found, text);
    if (!isChanged && !this.settings.isTimed) return;
    const now = readSeconds();
    if (this.isOver(now)) return isChanged ? keeper.end(context, found) : undefined;
    if (!isChanged && !this.mustRecordUse(found, now)) return;
    const { identity, createdAt } = this.ensureIdentity(now);
    const claims = { identity, createdAt, issuedAt: now, payload: text };
    return keeper.save(context, { found, claims, renewal: this.renewal });
  }

  private begin(found: FoundSession): SessionData {
    this.found = found;
    this.identity = found.token?.identity;
    this.createdAt = found.token?.createdAt;
    if (this.saved !== undefined) this.watch(found, found.text);
    return found.data;
  }

  /** In development, notices changes that come too late: in a stream, in a background task, further out on the way back. */
  private watch(found: FoundSession, text: string): void {
    this.saved = text;
    const { context } = this;
    const { development, logger } = context.app;
    if (!development) return;
    try {
      context.onCleanup(() => {
        if (writeText(found) !== text) logger.warn(explainLate(context, 'changed'));
      });
    } catch {
      // The request is over, so that it has no end to look at the session again.
    }
  }

  private ensureIdentity(now: number): { identity: Uint8Array; createdAt: number } {
    this.identity ??= drawIdentity(this.settings.identityLength);
    this.createdAt ??= now;
    return { identity: this.identity, createdAt: this.createdAt };
  }

  /** Returns whether this request has emptied or destroyed the session. A cookie that opens none is left alone. */
  private hasEnded({ token }: FoundSession): boolean {
    return token !== undefined || this.renewal === 'empty';
  }

  /** A request with an old id sees only a part of the session, so to empty that does not end it. */
  private isPartOnly({ record }: FoundSession): boolean {
    return record?.isFormer === true && this.renewal !== 'empty';
  }

  /** Returns whether the absolute timeout has passed while the request ran. */
  private isOver(now: number): boolean {
    return this.createdAt !== undefined && now >= this.createdAt + this.settings.absoluteTimeout;
  }

  private isChanged({ token, text }: FoundSession, present: string): boolean {
    return token === undefined || token.isOldKey || present !== text || this.renewal !== 'none';
  }

  /** Returns whether the use of an unchanged session needs a cookie with a new time. */
  private mustRecordUse({ token }: FoundSession, now: number): boolean {
    const { rolling, idleTimeout } = this.settings;
    return rolling || now - token!.issuedAt >= idleTimeout * RECORDED_PART;
  }

  private addVary(): void {
    this.context.response.headers.vary('Cookie');
  }
}

/** @throws TypeError for data that would not come back */
function formatFound({ flat, data, text }: FoundSession): string {
  if (flat !== null && isUnchanged(flat, data)) return text;
  checkData(data);
  return formatData(data);
}

/** The data as text, whatever it holds. */
function writeText({ data }: FoundSession): string | undefined {
  try {
    return formatData(data);
  } catch {
    return undefined;
  }
}

function explainLate({ route }: Context, what: string): string {
  return (
    `The session of ${route.name} was ${what} after it had been saved, which has no effect. ` +
    'Do it before the handler returns, and before the first chunk of a stream.'
  );
}
