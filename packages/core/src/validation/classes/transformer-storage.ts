import type { defaultMetadataStorage } from 'class-transformer/types/storage';
import { ConfigurationError, type ConfigurationProblem } from '../../configuration/configuration-error';

/**
 * Reads the records of class-transformer's decorators from an internal module, because it does not export them.
 * Nothing else of class-transformer is used: its own conversion hides in which property an error was thrown.
 *
 * @throws ConfigurationError LIBRARY_UNFIT if the installed version stores them elsewhere
 */
export function readTransformerStorage(): typeof defaultMetadataStorage {
  const storage = findTransformerStorage();
  if (typeof storage?.findTypeMetadata !== 'function') throw new ConfigurationError([UNFIT_TRANSFORMER]);
  return storage;
}

function findTransformerStorage(): typeof defaultMetadataStorage | undefined {
  try {
    return (require('class-transformer/cjs/storage') as typeof import('class-transformer/types/storage'))
      .defaultMetadataStorage;
  } catch {
    return undefined;
  }
}

const UNFIT_TRANSFORMER: ConfigurationProblem = {
  code: 'LIBRARY_UNFIT',
  place: 'class-transformer',
  fault:
    'The installed class-transformer stores its metadata elsewhere than version 0.5, so classes with rules cannot be read.',
  cure: 'Install class-transformer 0.5 (npm ls class-transformer shows the installed version and its dependents), or validate with a Standard Schema instead of a class.',
};
