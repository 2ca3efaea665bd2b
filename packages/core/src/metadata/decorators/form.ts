import { parseFormGiven, type FormGiven } from '../body-options';
import { decorateParameter, decorateText } from '../decorate-parameter';
import {
  checkFileOptions,
  checkFilesOptions,
  checkMultipartOptions,
  type FormFileOptions,
  type FormFilesOptions,
  type MultipartOptions,
} from '../form-options';
import { metadata } from '../metadata';
import type { ParameterType, RepeatedOptions } from '../parameter-options';

/**
 * Reads a form, url-encoded or multipart. Other bodies are answered with 415.
 *
 * With a name it reads the first value of that field, converted as with `@Query`, or every value if the type is a list.
 * Without a name it reads the whole form: an object of its fields, in which a repeated name is a list. A class with
 * rules or a Standard Schema checks it. `@Form({ validate: false })` hands the object on unchecked. With
 * `{ required: false }` an empty form is undefined.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID, DECORATOR_MISPLACED
 * @example create(@Form('title') title: string, @File('cover') cover: UploadedFile) { … }
 */
export function Form<T extends ParameterType>(
  name: string,
  ...given: [type?: T | RepeatedOptions<T>]
): ParameterDecorator;
export function Form(...given: FormGiven): ParameterDecorator;
export function Form(...given: readonly unknown[]): ParameterDecorator {
  const [name, ...types] = given;
  if (typeof name === 'string') return decorateText('field', name, types);
  return decorateParameter({ kind: 'form', name: 'form', ...parseFormGiven(given as unknown as FormGiven) });
}

/**
 * Reads a file of a multipart form, an UploadedFile; undefined if the form has none.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID, DECORATOR_MISPLACED
 * @example replace(@File('avatar', { types: ['image/png'], required: true }) avatar: UploadedFile) { … }
 */
export function File(name: string, options: FormFileOptions = {}): ParameterDecorator {
  checkFileOptions(options);
  return decorateParameter({ kind: 'file', name, file: options });
}

/**
 * Reads all files with one name in a multipart form: a list of UploadedFile, in the order sent.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID, DECORATOR_MISPLACED
 * @example add(@Files('photos', { max: 5, maxBytes: 2_000_000 }) photos: UploadedFile[]) { … }
 */
export function Files(name: string, options: FormFilesOptions = {}): ParameterDecorator {
  checkFilesOptions(options);
  return decorateParameter({ kind: 'files', name, file: options });
}

/**
 * Limits the forms of a class or a route. An option on the route wins over the same one on its class. Sizes are in
 * bytes and times in milliseconds; each option has its default.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 * @example @Post() @Multipart({ files: 3, fileBytes: 5_000_000 }) add(@Files('photos') photos: UploadedFile[]) { … }
 */
export function Multipart(options: MultipartOptions): ClassDecorator & MethodDecorator {
  checkMultipartOptions(options);
  return (target: object, property?: string | symbol) => metadata.multipart.write(options, target, property);
}
