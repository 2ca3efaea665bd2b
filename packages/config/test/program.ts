import { IsPort, MinLength } from 'class-validator';
import { createApp, ConfigurationError } from '@sluice/core';
import { config, describeConfig, Secret } from '@sluice/config';

class Settings {
  @IsPort() readonly SLUICE_TEST_PORT = 8000;
  @Secret() @MinLength(8) readonly SLUICE_TEST_SECRET!: string;
}

async function main(): Promise<void> {
  const app = await createApp({ providers: [config(Settings, { files: true })] });
  console.log(describeConfig(app.get(Settings)));
  console.log(app.get(Settings));
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
});
