// Which functions a CPU profile was in when it was sampled: their own time, without what they called.

/** `{ name, place, share }` by share of the time that was not idle, most first. */
export function findTopFrames({ nodes, samples, timeDeltas }, count) {
  const frames = new Map(nodes.map((node) => [node.id, nameFrame(node.callFrame)]));
  const times = new Map();
  let total = 0;
  samples.forEach((id, index) => {
    const frame = frames.get(id);
    if (frame.name === '(idle)') return;
    const key = `${frame.name} ${frame.place}`;
    const entry = times.get(key) ?? { ...frame, time: 0 };
    // A delta is the time since the sample before.
    entry.time += timeDeltas[index];
    total += timeDeltas[index];
    times.set(key, entry);
  });
  return [...times.values()]
    .sort((one, other) => other.time - one.time)
    .slice(0, count)
    .map(({ name, place, time }) => ({ name, place, share: time / total }));
}

/** Paths are short: from the package on. */
function nameFrame({ functionName, url, lineNumber }) {
  const file = url.replace(/^file:\/\//, '').replace(/^.*\/(node_modules|packages|benchmarks)\//, '');
  return {
    name: functionName === '' ? '(anonymous)' : functionName,
    place: file === '' ? '' : `${file}:${lineNumber + 1}`,
  };
}
