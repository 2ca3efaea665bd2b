import { isPromise } from '../../http/maybe-promise';
import type { StepFunction } from '../compose';
import { compileValidator } from '../../validation/compile-validator';
import type { ValidateStep } from '../../plan/steps';

type Checked = Pick<ValidateStep, 'type' | 'options' | 'properties'>;

/** Makes the step that turns the parsed body into what the handler gets, checked. */
export function makeValidateStep({ type, options, properties }: Checked): StepFunction {
  const validate =
    properties === undefined
      ? compileValidator(type, options)
      : loadReadPart().compileTextValidator({ type, options, properties });
  return ({ request }, next) => {
    const proceed = (value: unknown) => {
      request.body = value;
      return next();
    };
    const value = validate(request.body, 'body');
    return isPromise(value) ? value.then(proceed) : proceed(value);
  };
}

function loadReadPart(): typeof import('../arguments/read-part') {
  return require('../arguments/read-part') as typeof import('../arguments/read-part');
}
