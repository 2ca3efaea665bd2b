import { HttpError } from '../../http/status/http-error';
import { ItemReply } from '../../http/reply/item-reply';
import { isPromise, type MaybePromise } from '../../http/maybe-promise';
import { JsonReply, Reply } from '../../http/reply/replies';
import { SseEvent } from '../../http/reply/sse-event';
import { isStandardSchema } from '../../validation/standard-schema';
import { isStreamSource } from '../../http/body/stream-body';
import { compileValidator } from '../../validation/compile-validator';
import { makeNameFilter, makePick, type Pick } from './pick-fields';
import type { ReturnsOptions, ReturnsStep } from '../../plan/steps';
import type { ValidationTarget } from '../../validation/validation-target';

type Keep = (value: unknown) => MaybePromise<unknown>;

/** Makes the function that keeps a handler's result to its `@Returns`. Errors, `undefined` and replies without JSON pass unchanged. */
export function makeKeepToType(step: ReturnsStep, development: boolean): Keep {
  const keep = makeKeep(step, step.each, development);
  const keepItem = makeKeep(step, false, development);
  return (value) => {
    if (value === undefined || value instanceof Error) return value;
    if (value instanceof ItemReply) return value.map((item) => keepEvent(item, keepItem));
    if (value instanceof JsonReply) return keepJson(value, keep);
    const isOpaque = value instanceof Reply || value instanceof Uint8Array || isStreamSource(value);
    return isOpaque ? value : keep(value);
  };
}

function keepJson({ value, status, headers }: JsonReply, keep: Keep): MaybePromise<unknown> {
  return changeValue(keep(value), (kept) => new JsonReply(kept, status, headers));
}

/** The type of an event is that of its data. */
function keepEvent(item: unknown, keep: Keep): MaybePromise<unknown> {
  if (!(item instanceof SseEvent)) return keep(item);
  if (item.data === undefined) return item;
  return changeValue(keep(item.data), (data) => new SseEvent(data, item.init));
}

/** A schema has to check in order to filter, so it does in production too; the rules of a class check in development only. */
function makeKeep({ type, shapes, options }: ReturnsStep, isList: boolean, development: boolean): Keep {
  const check = (): Keep => makeCheck(isList ? { each: type } : type);
  if (isStandardSchema(type)) {
    const checkBySchema = check();
    const leaveOut = makeKeyFilter(options);
    return (value) => changeValue(checkBySchema(value), leaveOut);
  }
  const pick = makePick(type, shapes!, options);
  if (!(options.validate ?? development)) return pick;
  const pickAll = makePick(type, shapes!, {});
  const checkByRules = check();
  return (value) => changeValue(checkByRules(pickAll(value)), () => pick(value));
}

function changeValue(
  value: MaybePromise<unknown>,
  change: (value: unknown) => unknown,
): MaybePromise<unknown> {
  return isPromise(value) ? value.then(change) : change(value);
}

/** A reply of the wrong type is the program's fault. The error names field and rule, never the value. */
function makeCheck(target: ValidationTarget): Keep {
  const validate = compileValidator(target, { unknownKeys: 'strip', isReply: true });
  const fail = (error: unknown): never => {
    const faults = error instanceof HttpError ? error.errors : undefined;
    if (faults === undefined) throw error;
    const broken = faults.map(({ pointer, code }) => `${pointer || 'the whole value'} (${code})`).join(', ');
    throw new Error(`The reply does not match its @Returns: ${broken}.`);
  };
  return (value) => {
    try {
      const checked = validate(value, 'body');
      return isPromise(checked) ? checked.catch(fail) : checked;
    } catch (error) {
      return fail(error);
    }
  };
}

/** Applies `include` and `exclude` to the output of a schema. */
function makeKeyFilter(options: ReturnsOptions<Record<string, unknown>>): Pick {
  if (options.include === undefined && options.exclude === undefined) return (value) => value;
  const isWanted = makeNameFilter(options);
  const filter: Pick = (value) => {
    if (Array.isArray(value)) return value.map(filter);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([name]) => isWanted(name)));
  };
  return filter;
}
