import type { Token } from '../metadata/records';

/** Where controllers and middleware classes come from. Any container fits that can answer this one question. */
export interface Container {
  /** The instance for a class or token: always the same one. Throws where there is none. */
  resolve<T>(token: Token<T>): T;
}

/** What to give for a token: a value, a class to construct once, or a function to call once. */
export type Provider =
  | { readonly provide: Token; readonly useValue: unknown }
  | { readonly provide: Token; readonly useClass: new (...dependencies: never[]) => unknown }
  | { readonly provide: Token; readonly useFactory: (container: Container) => unknown };
