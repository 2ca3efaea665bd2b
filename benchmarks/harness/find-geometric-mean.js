// The star of the comparison: one number for workloads a to f.
const WORKLOADS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** The geometric mean of a peer's ratios in a to f; undefined where one of them is missing. `choose` takes the ratio out of a row. */
export function findGeometricMean(parts, peer, choose) {
  const ratios = WORKLOADS.map((id) => {
    const row = parts.find((part) => part.workload.id === id)?.rows.find((each) => each.peer === peer);
    return row === undefined ? null : choose(row);
  });
  if (ratios.includes(null)) return undefined;
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}
