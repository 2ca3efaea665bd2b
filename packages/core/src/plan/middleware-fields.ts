import type { Middleware } from '../http/middleware';

/** A member of a middleware that is data. */
type Field = Exclude<keyof Middleware, 'name' | 'describes' | 'aroundSteps' | 'prepare' | 'handle'>;

/** Each of them, so that a new one is not forgotten where a middleware is copied. */
const FIELDS = Object.keys({
  options: true,
  provides: true,
  needs: true,
  outside: true,
  inside: true,
  layer: true,
  replaces: true,
  exemptBy: true,
  leavesInner: true,
  runsAtStart: true,
  notice: true,
  noticeOverHttps: true,
  keepsInProcess: true,
  addsHeaderBytes: true,
} satisfies Record<Field, true>) as Field[];

/** Takes the data of a middleware from an object that may have it on its prototype. */
export function pickFields(from: Omit<Middleware, 'name'>): Pick<Middleware, Field> {
  return Object.fromEntries(
    FIELDS.flatMap((field) => (from[field] === undefined ? [] : [[field, from[field]]])),
  );
}
