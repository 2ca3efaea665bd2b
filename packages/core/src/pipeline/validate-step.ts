import { isPromise } from '../http/maybe-promise';
import type { ValidateStep } from '../plan/plan';
import type { StepFunction } from './compose';
import { compileValidator } from './validation/validate';

/** Makes the step that turns the parsed body into what the handler gets, checked. */
export function makeValidateStep({ type, options }: Pick<ValidateStep, 'type' | 'options'>): StepFunction {
  const validate = compileValidator(type, options);
  return ({ request }, next) => {
    const proceed = (value: unknown) => {
      request.body = value;
      return next();
    };
    const value = validate(request.body, 'body');
    return isPromise(value) ? value.then(proceed) : proceed(value);
  };
}
