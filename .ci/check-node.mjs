// Imported first by every command: one clear sentence when this Node is too old for what follows.
const LOWEST = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < LOWEST[0] || (major === LOWEST[0] && minor < LOWEST[1])) {
  process.stderr.write(
    `Sluice needs Node ${LOWEST.join('.')} or newer; this is ${process.version}. Install one from nodejs.org and try again.\n`,
  );
  process.exit(1);
}
