/**
 * The parts that packages with a page for a document are built from, as `@sluice/openapi/page`. Applications need none
 * of them.
 */
export { findUpstreamFiles } from './page/find-upstream-files';
export { makePageRoutes, type DocumentPage } from './page/make-page-routes';
export { PAGE_RULES, type PageOptions } from './page/page-options';
export { makePolicy } from './page/policy';
export { HTML_TYPE, SCRIPT_TYPE, SentText, STYLE_TYPE } from './page/sent-text';
export type { UpstreamFile } from './page/upstream-file';
