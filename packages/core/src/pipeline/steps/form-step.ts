import { parseText } from '../../http/body/body-parsers';
import { refuseCharset } from '../../http/body/body-refusals';
import { isUtf8Text } from '../../http/body/text-decoder';
import type { Context } from '../../http/context';
import { FORM, type FormContent } from '../../form/form-content';
import { isPromise } from '../../http/maybe-promise';
import { parseMediaType } from '../../http/headers/media-type';
import { checkCoding, hasBody, refuseType } from './body-head';
import type { StepFunction } from '../compose';
import { FormCollector } from '../../form/form-collector';
import { parseBoundary } from '../../form/parse-boundary';
import { readInTime } from '../../form/read-in-time';
import { readMultipart } from '../../form/read-multipart';
import { TemporaryFiles } from '../../form/temporary-files';
import type { FormStep } from '../../plan/steps';

const MULTIPART = 'multipart/form-data';
const URL_ENCODED = 'application/x-www-form-urlencoded';

/**
 * Makes the step that reads a form: 415 for other types, 400 if it cannot be parsed, 413 over a limit, 408 if the client
 * stops sending. A url-encoded form that has arrived keeps the route synchronous.
 */
export function makeFormStep(step: FormStep): StepFunction {
  const { optional, brackets } = step;
  const needsFile = step.files.some(({ required }) => required);
  const accept = needsFile ? MULTIPART : `${MULTIPART}, ${URL_ENCODED}`;

  return (context, next) => {
    const { request } = context;
    const isAbsent = optional && !hasBody(request);
    if (!isAbsent) checkCoding(request);
    const contentType = request.header('content-type') ?? '';
    const mediaType = parseMediaType(contentType);
    // Clean-ups run after the background tasks, which may still read the files.
    const temporary = new TemporaryFiles(() => context.onCleanup(() => temporary.remove()));
    const collector = new FormCollector(step, temporary);
    const proceed = (): unknown => {
      const form = collector.finish();
      context.set(FORM, form);
      request.body = optional && isEmpty(form) ? undefined : form.fields.toObject(brackets);
      return next();
    };
    if (isAbsent) return proceed();
    if (mediaType === MULTIPART)
      return receive(context, step, collector, parseBoundary(contentType)).then(proceed);
    if (mediaType === '' && !hasBody(request)) return proceed();
    if (mediaType !== URL_ENCODED || needsFile) throw refuseType(accept);
    if (!isUtf8Text(contentType)) throw refuseCharset();
    const take = (bytes: Uint8Array): unknown => {
      collector.takeText(parseText(bytes));
      return proceed();
    };
    const bytes = request.lendBytes();
    return isPromise(bytes) ? bytes.then(take) : take(bytes);
  };
}

function isEmpty({ fields, files }: FormContent): boolean {
  return files.length === 0 && [...fields].length === 0;
}

/** Receives a multipart form. */
async function receive(
  { request }: Context,
  { limits }: FormStep,
  collector: FormCollector,
  boundary: string,
): Promise<void> {
  const { parts, headerBytes, stallTimeout } = limits;
  const openPart = collector.open.bind(collector);
  const chunks = readInTime(request.stream(), stallTimeout);
  await readMultipart(chunks, { boundary, parts, headerBytes, openPart });
}
