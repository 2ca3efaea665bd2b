import type { Context } from '../../http/context';
import { holdRejection, isPromise } from '../../http/maybe-promise';
import type { AnyCustomParameter, ReadCustom, Use } from '../../http/custom-parameter';
import type { Overrides } from '../../plan/override';
import { takeValue } from './take-value';

/** One parameter in one request: what was read, and what it asked for. */
interface Entry {
  readonly parameter: AnyCustomParameter;
  readonly data: unknown;
  readonly uses: Entry[];
  isSettled: boolean;
  /** A promise until it is settled. */
  value: unknown;
  /** What a synchronous read threw, for everybody who asks again. */
  failure: { readonly error: unknown } | undefined;
}

/** What custom parameters have read in one request: each with the same data is read once. */
export class Resolution {
  private readonly entries: Entry[] = [];

  constructor(
    private readonly context: Context,
    private readonly overrides: Overrides,
  ) {}

  /** The value, or the promise of it. Throws what reading throws, and an Error where parameters wait for one another. */
  resolve(parameter: AnyCustomParameter, data: unknown, asker?: Entry): unknown {
    const known = this.entries.find((entry) => entry.parameter === parameter && entry.data === data);
    if (known !== undefined && asker !== undefined && !known.isSettled) checkCircle(asker, known);
    const entry = known ?? {
      parameter,
      data,
      uses: [],
      isSettled: false,
      value: undefined,
      failure: undefined,
    };
    asker?.uses.push(entry);
    if (known === undefined) this.read(entry);
    if (entry.failure !== undefined) throw entry.failure.error;
    return entry.value;
  }

  private read(entry: Entry): void {
    this.entries.push(entry);
    const use: Use = (parameter, ...[data]) => this.resolve(parameter, data, entry) as never;
    const read = findRead(entry.parameter, this.overrides);
    try {
      entry.value = takeValue(this.context, read(this.context, use, entry.data as never));
    } catch (error) {
      entry.failure = { error };
    }
    if (isPromise(entry.value)) entry.value = settleLater(entry, entry.value);
    else entry.isSettled = true;
  }
}

/** How a parameter is read in this application: as it was written, or as a test overrides it. */
export function findRead(parameter: AnyCustomParameter, overrides: Overrides): ReadCustom<unknown, never> {
  return overrides.get(parameter) ?? parameter.read;
}

function settleLater(entry: Entry, reading: PromiseLike<unknown>): Promise<unknown> {
  const settled = Promise.resolve(reading).then((value) => {
    entry.isSettled = true;
    return (entry.value = value);
  });
  return holdRejection(settled);
}

/** Waiting for something that waits for oneself would never end. */
function checkCircle(asker: Entry, asked: Entry): void {
  const path = findPath(asked, asker);
  if (path === undefined) return;
  const names = [...path, asked].map(({ parameter }) => `@${parameter.parameterName}`);
  throw new Error(`Parameters ask for one another in a circle: ${names.join(' → ')}.`);
}

function findPath(from: Entry, to: Entry): Entry[] | undefined {
  if (from === to) return [from];
  for (const used of from.uses) {
    const rest = findPath(used, to);
    if (rest !== undefined) return [from, ...rest];
  }
  return undefined;
}
