import { ConfigurationError, type ConfigurationCode, type ConfigurationProblem } from '@sluice/core';

/** Collects the mistakes that a document shows. */
export class Mistakes {
  private readonly problems: ConfigurationProblem[] = [];

  /** Adds a mistake. The same one at the same place is reported once. */
  add(code: ConfigurationCode, place: string, fault: string, cure: string): void {
    const isKnown = this.problems.some(
      (one) => one.code === code && one.place === place && one.fault === fault,
    );
    if (!isKnown) this.problems.push({ code, place, fault, cure });
  }

  /** Throws ConfigurationError with all of them. */
  throwIfAny(): void {
    if (this.problems.length > 0) throw new ConfigurationError(this.problems);
  }
}
