import { createHash } from 'node:crypto';
import { isPromise, type Context, type MaybePromise } from '@sluice/core';
import { makeAddressKey } from './address-key';

/**
 * The client to which a request counts: its address, its session, the value of a header, or the text that a function
 * returns. A request without that session, header or text counts to its address.
 */
export type KeyOption =
  | 'address'
  | 'session'
  | { readonly header: string }
  | ((context: Context) => MaybePromise<string | undefined>);

export type FindKey = (context: Context) => MaybePromise<string>;

/** Compiles a key. */
export function compileKey(key: KeyOption, prefixBits: number): FindKey {
  const byAddress = ({ request }: Context): string => makeAddressKey(request.address, prefixBits);
  if (key === 'address') return byAddress;
  const find = key === 'session' ? findSession : typeof key === 'function' ? key : findHeader(key.header);
  const kind = key === 'session' ? 'session' : typeof key === 'function' ? 'key' : 'header';
  const name = (context: Context, text: string | undefined): string =>
    text === undefined || text === '' ? byAddress(context) : `${kind}:${shorten(text, kind)}`;
  return (context) => {
    const found = find(context);
    return isPromise(found) ? found.then((text) => name(context, text)) : name(context, found);
  };
}

/** Describes a key in the plan. */
export function describeKey(key: KeyOption): string {
  if (typeof key === 'string') return key;
  return typeof key === 'function' ? `function ${key.name}`.trim() : `header ${key.header}`;
}

function findHeader(header: string): (context: Context) => string | undefined {
  const name = header.toLowerCase();
  return ({ request }) => request.header(name);
}

/** The hashed id of the session; undefined for a new one, which a client could get with every request. */
function findSession(context: Context): MaybePromise<string | undefined> {
  const { describeSession, readSession } = require('@sluice/session') as typeof import('@sluice/session');
  const identify = (data: object): string | undefined => {
    const { id, isNew } = describeSession(data);
    return isNew ? undefined : id;
  };
  const data = readSession(context);
  return isPromise(data) ? data.then(identify) : identify(data);
}

const PLAIN = /^[\w.@-]{1,64}$/;

/** Keys are of bounded length. Headers may hold secrets, which do not belong into the keys of a store. */
function shorten(text: string, kind: string): string {
  if (kind !== 'header' && PLAIN.test(text)) return text;
  return `#${createHash('sha256').update(text).digest('base64url')}`;
}
