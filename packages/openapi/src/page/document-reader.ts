import { ConfigurationError, type Plan, type RouteInfo } from '@sluice/core';
import { invalidOption } from '@sluice/core/kit';
import type { OpenApiDocument } from '../document';
import { OPENAPI } from '../openapi';
import { readServedDocument } from '../served-document';

/** Finds the document of a page in the plan: the one beside it, in the application that both belong to. */
export class DocumentReader {
  /** The routes of the documents by those of the pages. */
  private readonly found = new WeakMap<RouteInfo, RouteInfo>();

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
      .map(({ info }) => info)
      .filter((info) => info.marks.get(OPENAPI) !== undefined && info.path.endsWith('.json'));
    const document = documents.find((info) => info.path === file);
    if (document === undefined) {
      const paths = documents.map((info) => info.path);
      throw new ConfigurationError([this.describe(paths, base, file)]);
    }
    this.found.set(route, document);
  }

  /** Returns the document, of which the page needs the title and the servers. */
  find(route: RouteInfo): OpenApiDocument {
    return readServedDocument(this.found.get(route)!)!;
  }

  private describe(paths: readonly string[], base: string, file: string) {
    const fitting = paths.filter((one) => one.startsWith(`${base}/`));
    const known = fitting.map((one) => `'${one.slice(base.length, -'.json'.length)}'`).join(', ');
    const fault = `names a document that the application does not have: there is no ${file}`;
    const problem = invalidOption(`${this.factory}()`, 'document', fault);
    if (paths.length === 0)
      return { ...problem, cure: 'Add ...openapi({ info }) of @sluice/openapi to the routes.' };
    const cure =
      known === ''
        ? `Put the page and the document below the same prefix: there is ${paths.join(' and ')}.`
        : `Name one that is there: ${known}.`;
    return { ...problem, cure };
  }
}
