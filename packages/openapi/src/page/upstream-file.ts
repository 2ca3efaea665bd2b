import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress, gzip } from 'node:zlib';
import { Reply, type Context } from '@sluice/core';
import { answerIfChanged, parseQualityList } from '@sluice/core/kit';

type Coding = 'br' | 'gzip' | 'identity';

const CODINGS: readonly Coding[] = ['br', 'gzip', 'identity'];

/** The name in the address changes with the content, so that a browser need not ask for it again. */
const CACHE_CONTROL = 'max-age=31536000, immutable';

/** A file of a program that runs in the browser. It is kept compressed with brotli; its other forms are made when a client asks for them. */
export class UpstreamFile {
  /** `swagger-ui.5ed08757.css` */
  readonly name: string;
  private readonly forms = new Map<Coding, Promise<Buffer>>();

  constructor(
    private readonly folder: string,
    private readonly original: string,
    private readonly type: string,
    private readonly hash: string,
  ) {
    this.name = original.replace(/(?=\.\w+$)/, `.${hash.slice(0, 8)}`);
  }

  async answer(context: Context): Promise<Reply> {
    const { request, response } = context;
    response.headers.vary('Accept-Encoding');
    const coding = chooseCoding(request.header('accept-encoding'));
    const suffix = coding === 'identity' ? '' : `-${coding}`;
    const headers = {
      ETag: `"${this.hash.slice(0, 32)}${suffix}"`,
      'Cache-Control': CACHE_CONTROL,
      'X-Content-Type-Options': 'nosniff',
      ...(coding !== 'identity' && { 'Content-Encoding': coding }),
    };
    const content = await this.read(coding);
    return answerIfChanged(request, headers, () => new Reply(content, this.type, undefined, headers));
  }

  /** Reads and compresses once for all requests. A failure is not kept. */
  private read(coding: Coding): Promise<Buffer> {
    const known = this.forms.get(coding);
    if (known !== undefined) return known;
    const form = this.make(coding);
    form.catch(() => this.forms.delete(coding));
    this.forms.set(coding, form);
    return form;
  }

  private async make(coding: Coding): Promise<Buffer> {
    const compressed = await readFile(path.join(this.folder, `${this.original}.br`));
    if (coding === 'br') return compressed;
    const content = await promisify(brotliDecompress)(compressed);
    return coding === 'gzip' ? promisify(gzip)(content) : content;
  }
}

/** The coding that a client prefers; the smallest of those that it prefers equally (RFC 9110 §12.5.3). */
function chooseCoding(accepted = ''): Coding {
  const weights = new Map(parseQualityList(accepted).map(({ value, quality }) => [value, quality]));
  const others = weights.get('*');
  const weigh = (coding: Coding): number =>
    weights.get(coding) ?? others ?? (coding === 'identity' ? SMALLEST_WEIGHT : 0);
  return CODINGS.reduce<Coding>((best, coding) => (weigh(coding) > weigh(best) ? coding : best), CODINGS[0]!);
}

/** Not compressed is always accepted, unless the client says that it is not. */
const SMALLEST_WEIGHT = 0.0001;
