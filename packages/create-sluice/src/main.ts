#!/usr/bin/env node
import { runCreate } from './run-create';

void runCreate(process.argv.slice(2), {
  cwd: process.cwd(),
  userAgent: process.env['npm_config_user_agent'],
  isInteractive: Boolean(process.stdin.isTTY && process.stderr.isTTY),
  print: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
}).then((code) => {
  process.exitCode = code;
});
