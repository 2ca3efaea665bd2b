import { checkCalled } from '@sluice/core/kit';

const SECRETS = new WeakMap<object, Set<string>>();

type SecretDecorator = (prototype: object, property: string) => void;

/**
 * Keeps the value of a property out of everything that is printed: logs, JSON, errors and `describeConfig`.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED where it has no parentheses
 * @example @Secret() @MinLength(32) SESSION_SECRET!: string;
 */
export function Secret(): SecretDecorator;
export function Secret(...given: readonly unknown[]): SecretDecorator {
  checkCalled('Secret', given, 'nothing would hide the value');
  return (prototype, property) => {
    const own = SECRETS.get(prototype) ?? new Set();
    SECRETS.set(prototype, own.add(property));
  };
}

/** Reads the secret properties of a class and its parents. */
export function readSecrets({ prototype }: { readonly prototype: unknown }): ReadonlySet<string> {
  const found = new Set<string>();
  for (
    let owner = prototype as object | null;
    owner !== null;
    owner = Object.getPrototypeOf(owner) as object | null
  )
    for (const property of SECRETS.get(owner) ?? []) found.add(property);
  return found;
}
