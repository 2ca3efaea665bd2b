import { makeMisplaced, nameMember } from './misplaced';
import type { Token } from './records';
import { prependOwn, writeOwn } from './store';

/** Lets the compiler emit a class's constructor types, so that the container can construct it. */
export function Injectable(): ClassDecorator {
  return (type) => writeOwn('injectable', true, type);
}

/** Says by which token a constructor parameter is asked for, where its type is an interface or is not emitted. */
export function Inject(token: Token): ParameterDecorator {
  return (type, property, index) => {
    if (property !== undefined) {
      const fault = '@Inject stands on the parameter of a method, and nothing injects there.';
      throw makeMisplaced(nameMember(type, property), fault, 'Put it on a constructor parameter.');
    }
    prependOwn('tokens', [{ index, token }], type);
  };
}
