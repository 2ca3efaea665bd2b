import type { EnduranceReport } from './endure';

const MEBIBYTE = 1024 * 1024;
/** Measured: up to 160 MiB, of which most is garbage that Node has not collected yet. */
const MOST_MEMORY = 256 * MEBIBYTE;
/** Descriptors that Node may open for itself. */
const MOST_DESCRIPTORS = 2;

/** Lists the faults of a server, by its report: counts and bounds. The waits depend on the machine. */
export function findFaults(report: EnduranceReport): string[] {
  const { checked, wrong, logged, failure, temporaryFiles } = report;
  if (failure !== undefined) return [failure];
  const memory = report.mostResident - report.residentBefore;
  const descriptors = (report.descriptorsAfter ?? 0) - (report.descriptorsBefore ?? 0);
  return [
    ...wrong.map((answer) => `wrong answer: ${answer}`),
    ...logged.map((error) => `error in the log: ${error}`),
    ...(checked === 0 ? ['no valid request was answered'] : []),
    ...(memory > MOST_MEMORY ? [`memory: ${Math.round(memory / MEBIBYTE)} MiB`] : []),
    ...(descriptors > MOST_DESCRIPTORS ? [`descriptors: ${descriptors} were not closed`] : []),
    ...(temporaryFiles > 0 ? [`temporary files: ${temporaryFiles} were not removed`] : []),
  ];
}
