import type { Token } from './records';
import { prependOwn, writeOwn } from './store';

/** Lets the compiler emit a class's constructor types, so that the container can construct it. */
export function Injectable(): ClassDecorator {
  return (type) => writeOwn('injectable', true, type);
}

/** Says by which token a constructor parameter is asked for, where its type is an interface or is not emitted. */
export function Inject(token: Token): ParameterDecorator {
  return (type, property, index) => {
    if (property !== undefined) throw new TypeError('@Inject(…) belongs on a constructor parameter.');
    prependOwn('tokens', [{ index, token }], type);
  };
}
