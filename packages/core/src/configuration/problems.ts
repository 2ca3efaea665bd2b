import type { ConfigurationCode } from './configuration-codes';
import { ConfigurationError, type ConfigurationProblem, type Fault } from './configuration-error';

/** Collects the mistakes found at start-up, so that all of them are reported at once. */
export class Problems {
  private readonly found: ConfigurationProblem[] = [];

  get count(): number {
    return this.found.length;
  }

  add(code: ConfigurationCode, place: string, fault: string, cure: string): void {
    this.found.push({ code, place, fault, cure });
  }

  addFault(code: ConfigurationCode, place: string, { fault, cure }: Fault): void {
    this.add(code, place, fault, cure);
  }

  include(...problems: readonly ConfigurationProblem[]): void {
    this.found.push(...problems);
  }

  /** All problems so far, in the order in which they were found. */
  list(): readonly ConfigurationProblem[] {
    return [...this.found];
  }

  /** Throws a ConfigurationError with all problems, if there are any. */
  throwIfAny(): void {
    if (this.found.length > 0) throw new ConfigurationError(this.found);
  }
}
