/** Arithmetic that nothing can shorten: the same number of rounds takes the same work, whatever else the machine does. */
export function compute(rounds) {
  let value = 1;
  for (let round = 0; round < rounds; round += 1) {
    value ^= value << 13;
    value ^= value >>> 17;
    value ^= value << 5;
  }
  return value;
}
