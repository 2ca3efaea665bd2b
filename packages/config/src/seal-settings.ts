import { inspect } from 'node:util';
import { isTable } from '@sluice/core/kit';

/** One line of `describeConfig`. */
export interface DescribedSetting {
  readonly name: string;
  /** The value as it may be printed. */
  readonly shown: unknown;
  /** `environment`, `default`, or the path of a file. */
  readonly origin: string;
}

const HIDDEN = '••••';
const DESCRIBED = new WeakMap<object, readonly DescribedSetting[]>();

/**
 * Freezes settings and hides the secret ones from everything that prints an object: they are not enumerable, and the
 * console and JSON show dots.
 *
 * @param describe returns the name and the origin of a property
 */
export function sealSettings<T extends object>(
  settings: T,
  secrets: ReadonlySet<string>,
  describe: (property: string) => Pick<DescribedSetting, 'name' | 'origin'>,
): Readonly<T> {
  const values = Object.entries(settings);
  const shown = Object.fromEntries(
    values.map(([property, value]) => [property, show(value, secrets.has(property))]),
  );
  for (const [property, value] of values) {
    freeze(value);
    // `console.dir` with `showHidden` does not call getters.
    if (secrets.has(property))
      Object.defineProperty(settings, property, { get: (): unknown => value, enumerable: false });
  }
  const inspectShown = (_depth: number, options: object): string =>
    inspect(
      Object.assign(Object.create(Object.getPrototypeOf(settings) as object) as object, shown),
      options,
    );
  Object.defineProperty(settings, inspect.custom, { value: inspectShown });
  // A class may have its own.
  if (!('toJSON' in settings)) Object.defineProperty(settings, 'toJSON', { value: () => shown });
  DESCRIBED.set(
    settings,
    Object.entries(shown).map(([property, value]) => ({ ...describe(property), shown: value })),
  );
  return Object.freeze(settings);
}

/** Returns the lines of settings that were sealed; undefined for another object. */
export function readDescribed(settings: object): readonly DescribedSetting[] | undefined {
  return DESCRIBED.get(settings);
}

function show(value: unknown, isSecret: boolean): unknown {
  if (isSecret) return value === undefined ? undefined : HIDDEN;
  if (typeof value === 'string') return hidePassword(value);
  // The console shows the parts of a URL, and one of them is the password.
  if (value instanceof URL) return hidePassword(value.href);
  if (Array.isArray(value)) return value.map((item) => show(item, false));
  if (!isTable(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, show(item, false)]));
}

/** Replaces the password of a URL: `postgres://app:secret@db/app`. */
function hidePassword(text: string): string {
  return text.replace(/^([a-z][a-z\d+.-]*:\/\/[^/?#@:]*:).*@/i, `$1${HIDDEN}@`);
}

/** Freezes lists and plain objects as deep as they are. */
function freeze(value: unknown): void {
  if ((!Array.isArray(value) && !isTable(value)) || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
}
