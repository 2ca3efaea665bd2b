/** Never called: its body only has to compile, or not to. */
export function compileOnly(_check: () => unknown): void {}

/** True where the types are the same; `any` is the same as nothing else. */
type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles where the value's type is just this one: `expectType<string>()(value)`. */
export function expectType<Expected>(): <Given>(
  value: Given,
  ...isSame: IsSame<Given, Expected> extends true ? [] : ['the type is another one']
) => void {
  return () => undefined;
}
