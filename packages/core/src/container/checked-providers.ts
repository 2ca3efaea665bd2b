import type { AbstractClass, Class } from '../http/class';
import type { TypedToken } from '../http/token';

/** A type that each provider of a list has if it fits its token: `List & CheckedProviders<List>`. */
export type CheckedProviders<List> = { [Index in keyof List]: Checked<List[Index], 'provider'> };

/** The same for overrides: a value may have a part of the members, because a test replaces only what it uses. */
export type CheckedOverrides<List> = { [Index in keyof List]: Checked<List[Index], 'override'> };

type Checked<Given, Kind> = Given extends { readonly token: infer Name }
  ? Given extends { readonly useValue: infer Value }
    ? { readonly useValue: Fitting<Name, Value, Kind> }
    : Given extends { readonly useClass: Class<infer Value> }
      ? { readonly useClass: Class<Fitting<Name, Value, Kind>> }
      : Given extends { readonly useFactory: (...dependencies: never[]) => infer Value }
        ? { readonly useFactory: Factory<Dependencies<Given>, Fitting<Name, Awaited<Value>, Kind>> }
        : unknown
  : unknown;

type Factory<Given extends readonly unknown[], Value> = (...dependencies: Given) => Value | Promise<Value>;

type Fitting<Name, Value, Kind> = Kind extends 'provider'
  ? Members<ValueBehind<Name>>
  : Replacement<Value, ValueBehind<Name>>;

/** The type behind a token. A string and a symbol have none, so everything fits them. */
type ValueBehind<Name> =
  Name extends AbstractClass<infer Value> ? Value : Name extends TypedToken<infer Value> ? Value : unknown;

/** The public members of an object, so that another class may replace one with private members. */
type Members<Value> = IsObject<Value> extends true ? { [Key in keyof Value]: Value[Key] } : Value;

/** An object with at least one member of the replaced one, and none of another type. */
type Replacement<Given, Value> =
  IsObject<Value> extends true
    ? keyof Given & keyof Value extends never
      ? never
      : { [Key in keyof Given]: Key extends keyof Value ? Value[Key] : Given[Key] }
    : Value;

/** Whether a type has members to compare: functions are compared as a whole. */
type IsObject<Value> = unknown extends Value
  ? false
  : Value extends object
    ? Value extends (...values: never[]) => unknown
      ? false
      : keyof Value extends never
        ? false
        : true
    : false;

/** The values of the tokens in `inject`, in their order. */
type Dependencies<Given> = Given extends { readonly inject: infer Names extends readonly unknown[] }
  ? number extends Names['length']
    ? never[]
    : { [Index in keyof Names]: Dependency<Names[Index]> }
  : [];

type Dependency<Name> = Name extends string | symbol ? never : ValueBehind<Name>;
