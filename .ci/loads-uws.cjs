// Whether a build of µWebSockets loads here. Without one everything runs on node:http, and the tests of µWebSockets,
// which are in folders named uws, have no subject.
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const PROGRAM = `
const load = (name) => { try { return require(name); } catch {} };
process.exit(load('uWebSockets.js-next') || load('uWebSockets.js') ? 0 : 1);`;

/** Asks a process of its own, because a build reads its settings when it is loaded. */
exports.loadsUws = () => {
  const cwd = path.join(__dirname, '..');
  return spawnSync(process.execPath, ['-e', PROGRAM], { cwd, stdio: 'ignore' }).status === 0;
};
