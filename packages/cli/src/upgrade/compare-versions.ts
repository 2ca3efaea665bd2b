/**
 * Compares two versions by their precedence (semver.org §11): negative if the first is older. A release is newer than the
 * previews of it. Pure.
 */
export function compareVersions(one: string, other: string): number {
  const [first, second] = [takeApart(one), takeApart(other)];
  return (
    compareLists(first.numbers, second.numbers) ||
    Number(first.preview === '') - Number(second.preview === '') ||
    compareLists(first.preview, second.preview)
  );
}

/** The preview is what follows the first dash: `beta.1`. */
function takeApart(version: string): { readonly numbers: string; readonly preview: string } {
  const place = version.indexOf('-');
  if (place === -1) return { numbers: version, preview: '' };
  return { numbers: version.slice(0, place), preview: version.slice(place + 1) };
}

function compareLists(one: string, other: string): number {
  const [first, second] = [one.split('.'), other.split('.')];
  for (const [index, part] of first.entries()) {
    const order = compareParts(part, second[index]);
    if (order !== 0) return order;
  }
  return first.length - second.length;
}

/** Numbers come before words. */
function compareParts(one: string, other: string | undefined): number {
  if (other === undefined) return 1;
  const [isNumber, isOtherNumber] = [one, other].map((part) => /^\d+$/.test(part));
  if (isNumber && isOtherNumber) return Number(one) - Number(other);
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return one < other ? -1 : Number(one > other);
}
