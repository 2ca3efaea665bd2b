// How much `compute` does in a given time on one core of this machine.
import { compute } from '../peers/compute.js';

const SAMPLE_ROUNDS = 200_000;
const SAMPLES = 50;

/** The rounds of `compute` that take so many microseconds of CPU time, as V8 compiles them in the end. */
export function findComputeRounds(micros) {
  let best = Infinity;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const before = process.cpuUsage();
    compute(SAMPLE_ROUNDS);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, user + system);
  }
  return Math.round((SAMPLE_ROUNDS / best) * micros);
}
