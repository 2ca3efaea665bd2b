import { methodNotAllowed, noContent, notFound, redirect, type Context, type Next } from '@sluice/core';
import { isRefused, parseQualityList } from '@sluice/core/kit';
import { encodeSegment, readCanonicalPath, type CanonicalPath } from './canonical-path';
import { CodingChoice } from './coding';
import { Folder } from './folder';
import type { Resource } from './resource';
import type { StaticSettings } from './static-options';
import type { Variant } from './variant';

/** Answers requests with the files of a folder. Synchronous while the file is in memory. */
export class StaticServer {
  private readonly folder: Folder;
  private readonly codings: CodingChoice;
  /** As it is in a path. */
  private readonly index: string | undefined;
  private readonly fallback: CanonicalPath | undefined;
  /** Known from the first request on. */
  private isDevelopment: boolean | undefined;

  constructor(private readonly settings: StaticSettings) {
    const { index, fallback } = settings;
    this.folder = new Folder(settings);
    this.codings = new CodingChoice(settings.precompressed);
    this.index = index === undefined ? undefined : encodeSegment(index);
    this.fallback =
      fallback === undefined ? undefined : { path: `/${encodeSegment(fallback)}`, segments: [fallback] };
  }

  handle(context: Context, next: Next): unknown {
    const path = this.findPath(context);
    if (path === undefined) return next();
    if (isRead(context)) {
      const known = this.folder.memory.recall(path.endsWith('/') ? path + (this.index ?? '') : path);
      if (known !== undefined) return this.send(context, known);
    }
    return this.handleLater(context, next, path);
  }

  /** Finds the path below the root, as sent; undefined if the request is for something else. */
  private findPath(context: Context): string | undefined {
    if (isRefused(context)) return undefined;
    const { prefix } = this.settings;
    const { path } = context.request;
    return path.startsWith(prefix) && path[prefix.length] === '/' ? path.slice(prefix.length) : undefined;
  }

  private async handleLater(context: Context, next: Next, path: string): Promise<unknown> {
    const canonical = readCanonicalPath(path);
    if (canonical.path !== path) return redirectTo(context, canonical);
    const file = this.nameIndex(canonical);
    const found = file && (await this.find(context, file));
    if (found === 'folder') {
      if (isRead(context) && (await this.hasIndex(context, canonical)))
        return redirectInto(context, canonical);
    } else if (found !== undefined) return this.answer(context, found);
    return (await this.findFallback(context, canonical)) ?? next();
  }

  /** The file that a path means: for a folder with a slash at its end that is its index, if there is one. */
  private nameIndex({ path, segments }: CanonicalPath): CanonicalPath | undefined {
    if (!path.endsWith('/')) return { path, segments };
    const { index } = this.settings;
    if (index === undefined) return undefined;
    return { path: path + this.index, segments: [...segments.slice(0, -1), index] };
  }

  private async hasIndex(context: Context, { path, segments }: CanonicalPath): Promise<boolean> {
    const index = this.nameIndex({ path: `${path}/`, segments: [...segments, ''] });
    const found = index && (await this.find(context, index));
    return found !== undefined && found !== 'folder';
  }

  /** Looks up a file. In development nothing is kept, neither here nor in a browser. */
  private find(
    context: Context,
    { path, segments }: CanonicalPath,
  ): Promise<Resource | 'folder' | undefined> {
    this.isDevelopment ??= context.app.development;
    return this.isDevelopment
      ? this.folder.look(path, segments, 'no-store')
      : this.folder.find(path, segments);
  }

  private answer(context: Context, resource: Resource): unknown {
    if (isRead(context)) return this.send(context, resource);
    if (context.request.method === 'OPTIONS') return noContent({ headers: { Allow: 'GET, HEAD, OPTIONS' } });
    return methodNotAllowed(['GET', 'HEAD']);
  }

  private send(context: Context, resource: Resource): unknown {
    const variant = this.choose(context, resource);
    return variant.kept === undefined ? this.read(context, resource, variant) : variant.kept.answer(context);
  }

  private choose({ request, response }: Context, resource: Resource): Variant {
    if (this.settings.precompressed.length === 0) return resource.original;
    response.headers.vary('Accept-Encoding');
    return resource.choose(this.codings.rank(request.header('accept-encoding')));
  }

  private async read(context: Context, resource: Resource, variant: Variant): Promise<unknown> {
    const { memory, memoryFileSize } = this.settings;
    const { size } = variant.found;
    if (this.isDevelopment || size > memoryFileSize || size > memory) return variant.send(context);
    const kept = await variant.keep();
    if (kept === undefined) return variant.send(context);
    this.folder.memory.count(resource);
    return kept.answer(context);
  }

  /** Answers a browser that opens a page of the application; a name with a dot is an asset, which is missing. */
  private async findFallback(context: Context, { segments }: CanonicalPath): Promise<unknown> {
    if (this.fallback === undefined || !isRead(context) || segments.at(-1)!.includes('.')) return undefined;
    context.response.headers.vary('Accept');
    if (!acceptsPage(context)) return undefined;
    const found = await this.find(context, this.fallback);
    return found === undefined || found === 'folder' ? undefined : this.send(context, found);
  }
}

function isRead({ request: { method } }: Context): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Scripts accept everything, so only a page by its name counts. */
function acceptsPage({ request }: Context): boolean {
  const accepted = parseQualityList(request.header('accept') ?? '');
  return accepted.some(({ value, quality }) => value === 'text/html' && quality > 0);
}

/** Another spelling that means nothing else: `%2B` for `+`. The location is relative, so it cannot lead to another host. */
function redirectTo(context: Context, { path, segments }: CanonicalPath): unknown {
  if (!isRead(context)) return notFound();
  return redirect(`./${'../'.repeat(segments.length - 1)}${path.slice(1)}${readQuery(context)}`, {
    status: 308,
  });
}

function redirectInto(context: Context, { segments }: CanonicalPath): unknown {
  return redirect(`./${encodeSegment(segments.at(-1)!)}/${readQuery(context)}`, { status: 308 });
}

function readQuery({ request: { rawQuery } }: Context): string {
  return rawQuery === '' ? '' : `?${rawQuery}`;
}
