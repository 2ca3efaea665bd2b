// A signed session for peers that bring none, written as one would by hand:
// base64url(JSON).HMAC-SHA-256, compared in constant time, with an expiry that the server checks.
import { Buffer } from 'node:buffer';
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { SESSION_SECONDS, SESSION_SECRET } from '../workloads/payloads.js';

const KEY = createSecretKey(Buffer.from(SESSION_SECRET));
const MOST_REMEMBERED = 1000;
const verified = new Map();

/** The Set-Cookie line of a new session. */
export function startSession(data) {
  const expires = Math.floor(Date.now() / 1000) + SESSION_SECONDS;
  const payload = Buffer.from(JSON.stringify({ expires, data })).toString('base64url');
  const token = `${payload}.${sign(payload)}`;
  return `session=${token}; Path=/; Max-Age=${SESSION_SECONDS}; HttpOnly; SameSite=Lax`;
}

/** The data of the session in a Cookie header; undefined when there is none, or it is forged or too old. */
export function readSession(cookieHeader) {
  const token = findToken(cookieHeader);
  return token === undefined ? undefined : checkAge(openToken(token));
}

/** The same, with a bounded memory of texts that were found authentic; age is checked every time, data is fresh. */
export function readRememberedSession(cookieHeader) {
  const token = findToken(cookieHeader);
  if (token === undefined) return undefined;
  let json = verified.get(token);
  if (json === undefined) {
    json = openToken(token);
    if (json === undefined) return undefined;
    if (verified.size >= MOST_REMEMBERED) verified.delete(verified.keys().next().value);
    verified.set(token, json);
  }
  return checkAge(json);
}

function checkAge(json) {
  if (json === undefined) return undefined;
  const { expires, data } = JSON.parse(json);
  return expires * 1000 > Date.now() ? data : undefined;
}

function openToken(token) {
  const dot = token.indexOf('.');
  if (dot === -1) return undefined;
  const payload = token.slice(0, dot);
  const given = Buffer.from(token.slice(dot + 1));
  const wanted = Buffer.from(sign(payload));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  return Buffer.from(payload, 'base64url').toString();
}

function findToken(cookieHeader = '') {
  for (const pair of cookieHeader.split(';')) {
    const text = pair.trim();
    if (text.startsWith('session=')) return text.slice('session='.length);
  }
  return undefined;
}

function sign(payload) {
  return createHmac('sha256', KEY).update(payload).digest('base64url');
}
