import { parseText } from '../http/body/body-parsers';
import type { FormContent } from './form-content';
import type { ErrorDetail } from '../http/status/http-error';
import { QueryValues } from '../http/query/query-values';
import { UploadedFile } from './uploaded-file';
import type { FilePlan, FormRules } from './form-rules';
import { formatPointer } from '../validation/json-pointer';
import { RefusedInput } from '../validation/refused-input';
import { refuseFileType, refuseMalformed, refuseTooMuch } from './form-refusals';
import type { PartHead } from './parse-part-head';
import type { PartSink } from './read-multipart';
import { Spool } from './spool';
import type { TemporaryFiles } from './temporary-files';

/** Puts the parts of a form together, none of them beyond what the route allows. */
export class FormCollector {
  private readonly pairs: [string, string][] = [];
  private readonly files: UploadedFile[] = [];
  private readonly counts = new Map<FilePlan, number>();
  private fileCount = 0;

  constructor(
    private readonly step: FormRules,
    private readonly temporary: TemporaryFiles,
  ) {}

  /** Throws HttpError 400, 413, 415 or 422 for a part that can not be taken. */
  open(head: PartHead): PartSink {
    checkName(head.name, this.step.limits.nameBytes);
    return head.filename === undefined ? this.openField(head.name) : this.openFile(head, head.filename);
  }

  /** Of an url-encoded form: all of its fields. Throws HttpError 400 and 413. */
  takeText(text: string): void {
    const { fields, nameBytes, fieldBytes } = this.step.limits;
    let count = 1;
    for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) count++;
    if (count > fields) throw refuseTooMuch(`${fields} fields`);
    for (const [name, value] of new QueryValues(text)) {
      checkName(name, nameBytes);
      if (Buffer.byteLength(value) > fieldBytes) throw refuseTooMuch(`${fieldBytes} bytes in a field`);
      this.pairs.push([name, value]);
    }
  }

  /** The form. Throws HttpError 422 where a file is missing. */
  finish(): FormContent {
    const isThere = ({ name }: FilePlan): boolean => this.files.some((file) => file.name === name);
    const missing = this.step.files.filter((plan) => plan.required && !isThere(plan));
    if (missing.length > 0)
      throw new RefusedInput(
        missing.map((plan) => ({ code: 'file_required', detail: 'must be a file', ...locate(plan) })),
      );
    return { fields: QueryValues.of(this.pairs), files: this.files };
  }

  private openField(name: string): PartSink {
    const { fields, fieldBytes } = this.step.limits;
    if (this.pairs.length === fields) throw refuseTooMuch(`${fields} fields`);
    const pair: [string, string] = [name, ''];
    this.pairs.push(pair);
    const chunks: Uint8Array[] = [];
    let size = 0;
    return {
      write(chunk) {
        size += chunk.byteLength;
        if (size > fieldBytes) throw refuseTooMuch(`${fieldBytes} bytes in a field`);
        chunks.push(chunk);
      },
      finish() {
        pair[1] = parseText(Buffer.concat(chunks));
      },
    };
  }

  private openFile({ name, mediaType }: PartHead, filename: string): PartSink {
    const plan = this.step.files.find((one) => one.name === name);
    const spool = new Spool(this.step.limits.spoolAbove, this.temporary);
    const maxBytes = plan?.maxBytes ?? 0;
    let isTaken = false;
    const take = (): void => {
      if (isTaken) return;
      isTaken = true;
      this.admit(plan, mediaType);
    };
    // A browser sends a file without name and bytes where none was chosen: it is one only when a byte comes.
    if (filename !== '') take();
    return {
      write: (chunk) => {
        take();
        if (spool.size + chunk.byteLength > maxBytes) throw refuseTooMuch(`${maxBytes} bytes in this file`);
        return spool.write(chunk);
      },
      finish: async () => {
        if (isTaken) this.files.push(new UploadedFile(name, filename, mediaType, await spool.finish()));
      },
    };
  }

  private admit(plan: FilePlan | undefined, mediaType: string): void {
    if (plan === undefined)
      throw new RefusedInput([
        { in: 'body', pointer: '', code: 'file_unexpected', detail: 'has a file that nobody expects' },
      ]);
    const { files } = this.step.limits;
    if (++this.fileCount > files) throw refuseTooMuch(`${files} files`);
    const count = (this.counts.get(plan) ?? 0) + 1;
    this.counts.set(plan, count);
    if (count > plan.max) throw refuseTooMuch(`${plan.max} of these files`);
    if (plan.types?.some((type) => fits(mediaType, type)) === false)
      throw refuseFileType({
        code: 'file_type',
        detail: `must be ${plan.types.join(' or ')}`,
        ...locate(plan),
      });
  }
}

function checkName(name: string, nameBytes: number): void {
  if (Buffer.byteLength(name) > nameBytes) throw refuseTooMuch(`${nameBytes} bytes in a name`);
  if (name === '__proto__') throw refuseMalformed('A name in the form is not allowed: __proto__.');
}

function fits(mediaType: string, type: string): boolean {
  return type.endsWith('/*') ? mediaType.startsWith(type.slice(0, -1)) : mediaType === type;
}

function locate({ name }: FilePlan): Pick<ErrorDetail, 'in' | 'pointer'> {
  return { in: 'body', pointer: formatPointer(name) };
}
