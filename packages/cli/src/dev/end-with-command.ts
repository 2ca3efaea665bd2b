/** Ends a process when the command that started it is gone, killed too: `node --import`. Its channel alone does not keep it alive. */
if (process.channel !== undefined) {
  process.on('disconnect', () => process.exit());
  process.channel?.unref();
}
