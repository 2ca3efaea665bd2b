import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { defineConfig } from 'vite';

const FORMS = [
  ['.br', promisify(brotliCompress)],
  ['.gz', promisify(gzip)],
];

/** Writes `app.js.br` and `app.js.gz` beside each text, where they are smaller. staticFiles sends them; it compresses nothing. */
function precompress() {
  return {
    name: 'precompress',
    apply: 'build',
    async writeBundle({ dir }) {
      const names = await readdir(dir, { recursive: true });
      for (const file of names.filter((name) => /\.(?:html|js|css|svg)$/.test(name))) {
        const content = await readFile(path.join(dir, file));
        for (const [extension, compress] of FORMS) {
          const compressed = await compress(content);
          if (compressed.length < content.length)
            await writeFile(path.join(dir, file + extension), compressed);
        }
      }
    },
  };
}

export default defineConfig({
  root: 'page',
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    // The policy of the page allows files of its own origin, and no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  plugins: [precompress()],
  // `npm run dev`: Vite serves the page, and asks the application of `npm start` for the rest.
  server: { proxy: { '/api': `http://127.0.0.1:${process.env.PORT ?? 8000}` } },
});
