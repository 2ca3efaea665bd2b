import { ByteBlocks } from '../http/body/byte-blocks';
import { findTextDecoder } from '../http/body/text-decoder';
import type { FormContent } from './form-content';
import type { ErrorDetail, HttpError } from '../http/status/http-error';
import { QueryValues } from '../http/query/query-values';
import { UploadedFile } from './uploaded-file';
import type { FileRules, FormRules } from './form-rules';
import { formatPointer } from '../validation/json-pointer';
import { RefusedInput } from '../validation/refused-input';
import { refuseFieldCharset, refuseFileType, refuseMalformed, refuseTooLarge } from './form-refusals';
import type { PartHead } from './parse-part-head';
import type { PartSink } from './read-multipart';
import { Spool } from './spool';
import type { TemporaryFiles } from './temporary-files';

/** Collects the parts of a form and refuses those that the route does not allow. */
export class FormCollector {
  private readonly pairs: [string, string][] = [];
  private readonly files: UploadedFile[] = [];
  private readonly counts = new Map<FileRules, number>();
  private fileCount = 0;

  constructor(
    private readonly rules: FormRules,
    private readonly temporary: TemporaryFiles,
  ) {}

  /** Returns the sink of a part. The head, or later the content, may throw HttpError 400, 413, 415 or 422. */
  open(head: PartHead): PartSink {
    checkName(head.name, this.rules.limits.nameBytes);
    return head.filename === undefined ? this.openField(head) : this.openFile(head, head.filename);
  }

  /** Takes all fields of an url-encoded form. Throws HttpError 400 or 413. */
  takeText(text: string): void {
    const { fields, nameBytes, fieldBytes } = this.rules.limits;
    let count = 1;
    for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) count++;
    if (count > fields) throw tooManyFields(fields);
    for (const [name, value] of new QueryValues(text)) {
      checkName(name, nameBytes);
      if (Buffer.byteLength(value) > fieldBytes) throw fieldTooLarge(fieldBytes);
      this.pairs.push([name, value]);
    }
  }

  /** Returns the form. Throws HttpError 422 if a required file is missing. */
  finish(): FormContent {
    const isThere = ({ name }: FileRules): boolean => this.files.some((file) => file.name === name);
    const missing = this.rules.files.filter((file) => file.required && !isThere(file));
    if (missing.length > 0)
      throw new RefusedInput(
        missing.map((file) => ({ ...locate(file), code: 'file_required', detail: 'must be a file' })),
      );
    return { fields: QueryValues.of(this.pairs), files: this.files };
  }

  private openField({ name, contentType }: PartHead): PartSink {
    const { fields, fieldBytes } = this.rules.limits;
    const decode = findTextDecoder(contentType);
    if (decode === undefined) throw refuseFieldCharset();
    if (this.pairs.length === fields) throw tooManyFields(fields);
    const pair: [string, string] = [name, ''];
    this.pairs.push(pair);
    const blocks = new ByteBlocks();
    return {
      write(chunk) {
        blocks.push(chunk);
        if (blocks.byteLength > fieldBytes) throw fieldTooLarge(fieldBytes);
      },
      finish() {
        pair[1] = decode(blocks.takeAll());
      },
    };
  }

  private openFile({ name, mediaType, contentType }: PartHead, filename: string): PartSink {
    const fileRules = this.rules.files.find((one) => one.name === name);
    const spool = new Spool(this.rules.limits.spoolAbove, this.temporary);
    const maxBytes = fileRules?.maxBytes ?? 0;
    let isTaken = false;
    const take = (): void => {
      if (isTaken) return;
      isTaken = true;
      this.admit(fileRules, mediaType);
    };
    // A browser sends a part without a filename and bytes if the user chose no file. With a byte it is a file.
    if (filename !== '') take();
    return {
      write: (chunk) => {
        take();
        if (spool.size + chunk.byteLength > maxBytes)
          throw refuseTooLarge(`The file "${name}" is too large; the limit is ${maxBytes} bytes.`);
        return spool.write(chunk);
      },
      finish: async () => {
        if (!isTaken) return;
        this.files.push(new UploadedFile(name, filename, mediaType, await spool.finish(), contentType));
      },
    };
  }

  /** Counts a file and refuses it if its name, its number or its media type is not allowed. */
  private admit(fileRules: FileRules | undefined, mediaType: string): void {
    if (fileRules === undefined)
      throw new RefusedInput([
        { in: 'body', pointer: '', code: 'file_unexpected', detail: 'must not contain an unexpected file' },
      ]);
    const { name, max, types } = fileRules;
    const { files } = this.rules.limits;
    if (++this.fileCount > files) throw refuseTooLarge(`The form has too many files; the limit is ${files}.`);
    const count = (this.counts.get(fileRules) ?? 0) + 1;
    this.counts.set(fileRules, count);
    if (count > max) throw refuseTooLarge(`The form has too many files "${name}"; the limit is ${max}.`);
    if (types?.some((type) => fits(mediaType, type)) === false)
      throw refuseFileType({
        ...locate(fileRules),
        code: 'file_type',
        detail: `must be ${types.join(' or ')}`,
      });
  }
}

function tooManyFields(limit: number): HttpError {
  return refuseTooLarge(`The form has too many fields; the limit is ${limit}.`);
}

function fieldTooLarge(limit: number): HttpError {
  return refuseTooLarge(`A field of the form is too large; the limit is ${limit} bytes.`);
}

function checkName(name: string, nameBytes: number): void {
  if (Buffer.byteLength(name) > nameBytes)
    throw refuseTooLarge(`A name in the form is too long; the limit is ${nameBytes} bytes.`);
  if (name === '__proto__') throw refuseMalformed('A name in the form must not be __proto__.');
}

function fits(mediaType: string, type: string): boolean {
  return type.endsWith('/*') ? mediaType.startsWith(type.slice(0, -1)) : mediaType === type;
}

function locate({ name }: FileRules): Pick<ErrorDetail, 'in' | 'pointer'> {
  return { in: 'body', pointer: formatPointer(name) };
}
