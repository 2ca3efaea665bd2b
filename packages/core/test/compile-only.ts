/**
 * Takes code that must compile, and never runs it. Code that must not compile follows a `@ts-expect-error`: the type
 * check (`npm run check`) fails if the line after it has no error.
 */
export function compileOnly(_check: () => unknown): void {}

/** True if the types are the same. `any` is the same as itself only. */
type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles if the value has exactly this type: `expectType<string>()(value)`. */
export function expectType<Expected>(): <Given>(
  value: Given,
  ...isSame: IsSame<Given, Expected> extends true ? [] : ['the type differs']
) => void {
  return () => undefined;
}
