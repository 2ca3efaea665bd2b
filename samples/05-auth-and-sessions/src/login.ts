import { regenerateSession } from '@sluice/session';
import type { Account } from './users';

/** What the session holds of who is logged in. */
export interface Login {
  userName?: string;
}

/** Begins a session that nobody can have prepared: what the browser sent before is worth nothing afterwards. */
export function logIn(session: Login, user: Account): void {
  regenerateSession(session, { keepData: false });
  session.userName = user.name;
}

/** A 401 says what is due (RFC 9110 §15.5.2). */
export const CHALLENGE = { 'WWW-Authenticate': 'Session realm="sample"' };
