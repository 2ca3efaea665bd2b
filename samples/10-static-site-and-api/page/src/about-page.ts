import { make } from './make';

export async function makeAboutPage(): Promise<Node[]> {
  return [
    make('h1', {}, 'About'),
    make(
      'p',
      {},
      'Vite has built this page. Sluice serves it, and the API that it asks, from one origin and one process.',
    ),
  ];
}
