/** Redis did not answer a call in time, or too many calls are waiting for it. Whether the script ran is unknown, or it did not. */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable';

  constructor(
    message: string,
    /**
     * `timeout`: the call was sent, and the script may still run. `pending`: too many calls are unanswered, and this one
     * was not sent.
     */
    readonly reason: 'timeout' | 'pending',
  ) {
    super(message);
  }
}
