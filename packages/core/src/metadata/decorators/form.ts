import type { StandardSchema } from '../../validation/standard-schema';
import { readBodyGiven, type BodyGiven } from '../body-options';
import { decorateParameter, decorateText } from '../decorate-parameter';
import {
  checkFileOptions,
  checkFilesOptions,
  checkMultipartOptions,
  type FormFileOptions,
  type FormFilesOptions,
  type MultipartOptions,
} from '../form-options';
import type { ParameterOptions, ParameterType } from '../parameter-options';
import type { Class } from '../../http/class';
import type { ValidationOptions } from '../../validation/validation-target';
import { writeRecord } from '../write-record';

/**
 * A form, url-encoded or multipart. Alone the whole of it, as an object of its fields (a repeated name is a list),
 * checked where the type is a class with rules or a Standard Schema. With a name the first value of that field, made
 * into the parameter's type as with `@Query`; every value where that is a list. Another body is answered with 415.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 * @example create(@Form() note: CreateNote) { … }
 * @example create(@Form('title') title: string, @File('cover') cover: UploadedFile) { … }
 */
export function Form<T extends ParameterType>(
  name: string,
  ...given: [type?: T | ParameterOptions<T>]
): ParameterDecorator;
export function Form(options?: ValidationOptions): ParameterDecorator;
export function Form(
  target: Class | StandardSchema | undefined,
  options?: ValidationOptions,
): ParameterDecorator;
export function Form(...given: readonly unknown[]): ParameterDecorator {
  const [name, ...types] = given;
  if (typeof name === 'string') return decorateText('field', name, types);
  return decorateParameter({ kind: 'form', name: 'form', ...readBodyGiven(given as unknown as BodyGiven) });
}

/**
 * A file of a multipart form, an UploadedFile; undefined where there is none.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 * @example replace(@File('avatar', { types: ['image/png'], required: true }) avatar: UploadedFile) { … }
 */
export function File(name: string, options: FormFileOptions = {}): ParameterDecorator {
  checkFileOptions(options);
  return decorateParameter({ kind: 'file', name, file: options });
}

/**
 * Every file of one name in a multipart form, a list of UploadedFile in the order sent.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 */
export function Files(name: string, options: FormFilesOptions = {}): ParameterDecorator {
  checkFilesOptions(options);
  return decorateParameter({ kind: 'files', name, file: options });
}

/**
 * What the forms of a class or a route may have; what the route says counts before what its class says.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 */
export function Multipart(options: MultipartOptions): ClassDecorator & MethodDecorator {
  checkMultipartOptions(options);
  return (target: object, property?: string | symbol) => writeRecord('multipart', options, target, property);
}
