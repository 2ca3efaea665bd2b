import { performance } from 'node:perf_hooks';

/** A line for every run, with an estimate of the time that is left. */
export function startProgress(total, print) {
  const started = performance.now();
  let done = 0;
  return {
    tick(text) {
      done += 1;
      const secondsLeft = ((performance.now() - started) / 1000 / done) * (total - done);
      print(`${`${done}/${total}`.padStart(9)}  ${text}  ${formatLeft(secondsLeft)}`);
    },
    report(name, { requests, heapMb, rssMb }) {
      const count = requests.toLocaleString('en').padStart(12);
      print(`${count} requests  ${name.padEnd(10)} heap ${heapMb.toFixed(1)} MB, RSS ${rssMb.toFixed(1)} MB`);
    },
  };
}

function formatLeft(seconds) {
  return seconds < 90 ? `${Math.ceil(seconds)} s left` : `${Math.ceil(seconds / 60)} min left`;
}
