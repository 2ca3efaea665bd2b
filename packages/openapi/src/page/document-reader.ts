import { ConfigurationError, type Plan, type RouteInfo } from '@sluice/core';
import { invalidOption } from '@sluice/core/kit';
import type { OpenApiDocument } from '../document';
import { makeOpenApi } from '../make-openapi';
import { OPENAPI, type OpenApiOptions } from '../openapi';

interface Found {
  readonly plan: Plan;
  readonly options: OpenApiOptions;
}

/** Finds the document of a page in the plan: the one beside it, in the application that both belong to. */
export class DocumentReader {
  private readonly found = new WeakMap<RouteInfo, Found>();

  constructor(
    private readonly factory: string,
    private readonly pagePath: string,
    private readonly documentPath: string,
  ) {}

  /** Throws ConfigurationError if the document does not exist. */
  read(plan: Plan, route: RouteInfo): undefined {
    // The prefix, and the path of a mount.
    const base = route.path.slice(0, -this.pagePath.length);
    const file = `${base}${this.documentPath}.json`;
    const documents = plan.routes
      .map(({ info }) => ({ path: info.path, options: info.marks.get(OPENAPI) }))
      .filter(({ path, options }) => options !== undefined && path.endsWith('.json'));
    const document = documents.find((one) => one.path === file);
    if (document === undefined) throw new ConfigurationError([this.describe(documents, file)]);
    this.found.set(route, { plan, options: document.options! });
  }

  /** Makes the document again, because the page needs its title and its servers. */
  make(route: RouteInfo): OpenApiDocument {
    const { plan, options } = this.found.get(route)!;
    const { path: _path, middleware: _middleware, skipMiddleware: _skip, ...document } = options;
    return makeOpenApi(plan, document);
  }

  private describe(documents: readonly { readonly options: OpenApiOptions | undefined }[], file: string) {
    const known = documents.map(({ options }) => `'${options!.path!}'`).join(', ');
    const fault = `names a document that the application does not have: there is no ${file}`;
    const problem = invalidOption(`${this.factory}()`, 'document', fault);
    const cure =
      known === ''
        ? 'Add ...openapi({ info }) of @sluice/openapi to the routes.'
        : `Name one that is there: ${known}.`;
    return { ...problem, cure };
  }
}
