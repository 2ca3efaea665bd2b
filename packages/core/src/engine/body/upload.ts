/** Bytes of a body as an engine hands them over. */
export type Chunk = ArrayBuffer | Uint8Array;

/** The body of a request on a socket. */
export interface Upload {
  /** Calls `receive` with each chunk, whose memory may end with the call. The last chunk may be empty. */
  onData(receive: (chunk: Chunk, isLast: boolean) => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

export function viewBytes(chunk: Chunk): Uint8Array {
  return ArrayBuffer.isView(chunk) ? chunk : new Uint8Array(chunk);
}
