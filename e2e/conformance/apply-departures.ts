import type { Expectation, WireApp, WireCase, WireRequest } from './wire-case';

/** A change that a departure makes to a case. */
export interface Change {
  /** Replace the options of the same name. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** With `options`: a part of the message with which the original options are refused. */
  readonly refusal?: string;
  readonly app?: Partial<WireApp>;
  readonly request?: Partial<WireRequest>;
  /**
   * The expectations that replace those of the case; null removes one. Headers are replaced one by one, also those that
   * must be absent. `problem` replaces any other body.
   */
  readonly expect?: ExpectationChange;
  /** The same for single steps, by number from 1. */
  readonly steps?: Readonly<Record<number, ExpectationChange>>;
}

export type ExpectationChange = { readonly [Key in keyof Expectation]: Expectation[Key] | null };

/** A behaviour in which Sluice departs from the cases on purpose. */
export interface Departure {
  /** The behaviour, as a noun. */
  readonly subject: string;
  /** The reason, in one sentence. */
  readonly why: string;
  /** The cases, by id or by a predicate. Those that need more than `change` have changes of their own. */
  readonly cases: readonly string[] | Readonly<Record<string, Change>> | ((wireCase: WireCase) => boolean);
  /** The change to all of the cases. */
  readonly change?: Change;
}

const BODY_KEYS = ['body', 'body_json', 'body_contains', 'header_starts'] as const;

/** The changes that a departure makes to a case; empty if the case is not one of its own. */
export function findChanges({ cases, change = {} }: Departure, wireCase: WireCase): readonly Change[] {
  if (typeof cases === 'function') return cases(wireCase) ? [change] : [];
  if (isList(cases)) return cases.includes(wireCase.id) ? [change] : [];
  const own = cases[wireCase.id];
  return own === undefined ? [] : [change, own];
}

/** The case as Sluice must answer it. */
export function applyDepartures(wireCase: WireCase, departures: readonly Departure[]): WireCase {
  return departures.flatMap((departure) => findChanges(departure, wireCase)).reduce(applyChange, wireCase);
}

function applyChange(wireCase: WireCase, change: Change): WireCase {
  const steps = wireCase.steps.map((step, index) => ({
    ...step,
    request: {
      ...step.request,
      ...change.request,
      headers: { ...step.request.headers, ...change.request?.headers },
    },
    expect: changeExpectation(changeExpectation(step.expect, change.expect), change.steps?.[index + 1]),
  }));
  return {
    ...wireCase,
    options: { ...wireCase.options, ...change.options },
    app: { ...wireCase.app, ...change.app },
    steps,
  };
}

function changeExpectation(expectation: Expectation, change: ExpectationChange = {}): Expectation {
  const changed: Record<string, unknown> = { ...expectation, ...change };
  const present = Object.keys(change.headers ?? {});
  const absent = change.headers_absent ?? [];
  changed['headers'] = omit({ ...expectation.headers, ...change.headers }, absent);
  changed['headers_absent'] = [...(expectation.headers_absent ?? []), ...absent].filter(
    (name) => !present.includes(name),
  );
  if (change.problem) {
    for (const key of BODY_KEYS) delete changed[key];
    changed['headers'] = omit(changed['headers'] as object, ['content-type']);
  }
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null));
}

function omit(record: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

function isList(value: Departure['cases']): value is readonly string[] {
  return Array.isArray(value);
}
