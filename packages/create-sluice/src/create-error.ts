import { EXIT, type ExitCode } from './exit-codes';

/** A failure that the user can act on. It is printed without a stack. */
export class CreateError extends Error {
  override readonly name = 'CreateError';

  constructor(
    fault: string,
    readonly cure: string,
    readonly exitCode: ExitCode = EXIT.usage,
  ) {
    super(fault);
  }
}
