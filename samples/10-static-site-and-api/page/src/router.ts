import { goTo } from './go-to';
import { make } from './make';

type Nodes = readonly Node[];

/** The pages. Each is a file of its own, which the browser loads when it is first shown. */
const PAGES: readonly (readonly [path: RegExp, make: (part: string) => Promise<Nodes>])[] = [
  [/^\/$/, async () => (await import('./list-page')).makeListPage()],
  [/^\/notes\/(\d+)$/, async (id) => (await import('./note-page')).makeNotePage(id)],
  [/^\/about$/, async () => (await import('./about-page')).makeAboutPage()],
];

/** Shows the page of the address, and follows links to other pages without loading the document again. */
export function startRouter(): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    if (link === null || link.origin !== location.origin || isForBrowser(event)) return;
    event.preventDefault();
    goTo(link.pathname);
  });
  window.addEventListener('popstate', () => void show());
  void show();
}

/** Opens a new tab or window, or saves the link. */
function isForBrowser({ button, altKey, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
  return button !== 0 || altKey || ctrlKey || metaKey || shiftKey;
}

async function show(): Promise<void> {
  const path = location.pathname;
  const nodes = await makePage(path).catch((error: Error) => [
    make('h1', {}, 'Something went wrong'),
    make('p', {}, error.message),
  ]);
  // The user may have left meanwhile.
  if (path !== location.pathname) return;
  document.querySelector('main')!.replaceChildren(...nodes);
  document.title = document.querySelector('h1')!.textContent;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a'))
    link.ariaCurrent = link.pathname === path ? 'page' : null;
}

async function makePage(path: string): Promise<Nodes> {
  for (const [pattern, makeNodes] of PAGES) {
    const found = pattern.exec(path);
    if (found !== null) return makeNodes(found[1] ?? '');
  }
  return [make('h1', {}, 'Not found'), make('p', {}, 'This page does not exist.')];
}
