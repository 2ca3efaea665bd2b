/** The content of the application of the soak, known to its clients. */
export const PRICES = Array.from({ length: 100 }, (_, id) => ({
  id,
  name: `article ${id}`,
  price: id * 100,
}));

export const FILES: Readonly<Record<string, string>> = {
  'about.html': '<!doctype html><title>About</title>\n',
  'assets/app-1a2b.js': 'export const answer = 42; // a small file, sent from memory\n'.repeat(20),
};
