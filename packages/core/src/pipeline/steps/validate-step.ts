import { isPromise } from '../../http/maybe-promise';
import type { StepFunction } from '../compose';
import { compileValidator } from '../../validation/compile-validator';
import type { ValidateStep } from '../../plan/steps';

type Checked = Pick<ValidateStep, 'type' | 'options' | 'properties' | 'optional'>;

/** Makes the step that checks the parsed body and turns it into the value that the handler gets. */
export function makeValidateStep({ type, options, properties, optional }: Checked): StepFunction {
  const validate = compileValidator(type, options, properties);
  return ({ request }, next) => {
    if (optional && request.body === undefined) return next();
    const proceed = (value: unknown) => {
      request.body = value;
      return next();
    };
    const value = validate(request.body, 'body');
    return isPromise(value) ? value.then(proceed) : proceed(value);
  };
}
