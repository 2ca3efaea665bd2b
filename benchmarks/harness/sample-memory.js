// Loaded into a server before anything else (`node --expose-gc --import`): SIGUSR2 collects garbage and writes what
// is left to the file that MEMORY_FILE names.
import { renameSync, writeFileSync } from 'node:fs';

const { MEMORY_FILE } = process.env;

process.on('SIGUSR2', () => {
  // Twice: finalizers of the first run let go of more.
  globalThis.gc();
  setTimeout(() => {
    globalThis.gc();
    const { heapUsed, external } = process.memoryUsage();
    writeFileSync(`${MEMORY_FILE}.part`, JSON.stringify({ heapUsed, external }));
    renameSync(`${MEMORY_FILE}.part`, MEMORY_FILE);
  }, 50);
});
