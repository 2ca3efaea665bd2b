import type { Context } from '../../http/context';
import { holdRejection, isPromise } from '../../http/maybe-promise';
import type { AnyCustomParameter, ReadCustom, Use } from '../../http/custom-parameter';
import type { Overrides } from '../../plan/override';
import { takeValue } from './take-value';

/** One parameter in one request: its value, and the parameters that it uses. */
interface Entry {
  readonly parameter: AnyCustomParameter;
  readonly data: unknown;
  readonly uses: Entry[];
  isRead: boolean;
  /** A promise until it is read. */
  value: unknown;
  /** The error that a synchronous read threw; it is thrown again for each later use. */
  failure: { readonly error: unknown } | undefined;
}

/** The custom parameters of one request. Each is read once for the same data. */
export class Resolution {
  private readonly entries: Entry[] = [];

  constructor(
    private readonly context: Context,
    private readonly overrides: Overrides,
  ) {}

  /** Gives the value, or a promise of it. Throws what reading throws, and an Error if parameters use each other in a circle. */
  resolve(parameter: AnyCustomParameter, data: unknown, asker?: Entry): unknown {
    const known = this.entries.find((entry) => entry.parameter === parameter && entry.data === data);
    if (known !== undefined && asker !== undefined && !known.isRead) checkCircle(asker, known);
    const entry = known ?? {
      parameter,
      data,
      uses: [],
      isRead: false,
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
    if (isPromise(entry.value)) entry.value = readLater(entry, entry.value);
    else entry.isRead = true;
  }
}

/** Finds how this application reads a parameter: as it was written, or as a test overrides it. */
export function findRead(parameter: AnyCustomParameter, overrides: Overrides): ReadCustom<unknown, never> {
  return overrides.get(parameter) ?? parameter.read;
}

function readLater(entry: Entry, reading: PromiseLike<unknown>): Promise<unknown> {
  const value = Promise.resolve(reading).then((read) => {
    entry.isRead = true;
    return (entry.value = read);
  });
  return holdRejection(value);
}

/** A parameter that waits for itself would wait for ever. */
function checkCircle(asker: Entry, asked: Entry): void {
  const path = findPath(asked, asker);
  if (path === undefined) return;
  const names = [...path, asked].map(({ parameter }) => `@${parameter.parameterName}`);
  throw new Error(`Parameters use each other in a circle: ${names.join(' → ')}.`);
}

function findPath(from: Entry, to: Entry): Entry[] | undefined {
  if (from === to) return [from];
  for (const used of from.uses) {
    const rest = findPath(used, to);
    if (rest !== undefined) return [from, ...rest];
  }
  return undefined;
}
