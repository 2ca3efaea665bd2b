import { type Page } from 'playwright-core';

/** The options of `fetch` in a page. */
export interface PageRequest {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly credentials?: 'omit' | 'same-origin' | 'include';
}

/** The response that the script can read, or the error of `fetch`. */
export type PageResponse =
  | {
      readonly status: number;
      readonly type: string;
      readonly headers: Record<string, string>;
      readonly text: string;
    }
  | { readonly failed: string };

/** Calls `fetch` in the page. */
export function fetchInPage(page: Page, url: string, init: PageRequest = {}): Promise<PageResponse> {
  return page.evaluate(
    async ([target, options]) => {
      try {
        const response = await fetch(target, options);
        const { status, type, headers } = response;
        return { status, type, headers: Object.fromEntries(headers), text: await response.text() };
      } catch (error) {
        return { failed: String(error) };
      }
    },
    [url, init] as const,
  );
}
