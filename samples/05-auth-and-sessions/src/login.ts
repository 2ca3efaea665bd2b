import { regenerateSession } from '@sluice/session';
import type { Account } from './users';

/** The session data of a user who is logged in. */
export interface Login {
  userName?: string;
}

/** Begins a new, empty session. The cookie that the browser sent, which an attacker may have planted, becomes worthless. */
export function logIn(session: Login, user: Account): void {
  regenerateSession(session, { keepData: false });
  session.userName = user.name;
}

/** A 401 must name the expected credentials (RFC 9110 §15.5.2). */
export const CHALLENGE = { 'WWW-Authenticate': 'Session realm="sample"' };
