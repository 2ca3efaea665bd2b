import type { AppParts } from './app-parts';
import { compileApp, type CompiledApp } from './compile-app';
import { describeShared } from './app-problems';
import { ConfigurationError } from '../configuration/configuration-error';

/** The compiled form of one application. It is made anew after each change. */
export class Compilation {
  private draft: CompiledApp | undefined;
  private final: CompiledApp | undefined;

  /** Compiles at once, so that mistakes are found. Throws ConfigurationError. */
  constructor(private readonly parts: AppParts) {
    this.read();
  }

  /** The application as it is written: what it needs of an outer one, and what it mounts, may still be missing. Throws ConfigurationError. */
  read(): CompiledApp {
    return (this.draft ??= compileApp(this.parts, this.parts.settings.needs ?? [], false));
  }

  /** The application as it can run by itself. Throws ConfigurationError. */
  readToRun(place: string): CompiledApp {
    if (this.parts.source.sharedWith !== undefined) throw new ConfigurationError([describeShared(place)]);
    const { needs, prefix } = this.parts.settings;
    if (needs === undefined && typeof prefix !== 'object') return this.read();
    return (this.final ??= compileApp(this.parts, [], true));
  }

  /** Compiles again when it is next asked for. */
  drop(): void {
    this.draft = this.final = undefined;
  }
}
