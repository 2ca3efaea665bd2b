/** Returns the payload as the worker will read it: what JSON does not have is lost, and a Date becomes a text. */
export function writePayload(job: string, payload: unknown): unknown {
  try {
    const text = JSON.stringify(payload) as string | undefined;
    return text === undefined ? null : (JSON.parse(text) as unknown);
  } catch (cause) {
    throw new TypeError(`The payload of the job ${job} cannot be written as JSON.`, { cause });
  }
}
