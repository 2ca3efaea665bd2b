import { Secret } from '@sluice/config';
import { IsOptional, IsPort, IsString, IsUrl, MinLength } from 'class-validator';

/** The variables of the environment, with their defaults. */
export class Settings {
  @IsPort() readonly PORT = 8000;

  /** Prometheus reads the metrics on it. Only this machine reaches it. */
  @IsOptional() @IsPort() readonly METRICS_PORT?: number;

  @IsString({ each: true }) readonly ALLOWED_HOSTS: readonly string[] = ['127.0.0.1', 'localhost'];

  /** The addresses of the proxies in front. */
  @IsString({ each: true }) readonly TRUSTED_PROXIES: readonly string[] = [];

  @Secret() @MinLength(32) readonly SESSION_SECRET: string = 'a development secret, which is public';

  /** Without it, each process counts for itself, and cookies keep the sessions. */
  @IsOptional()
  @IsUrl({ protocols: ['redis', 'rediss'], require_tld: false })
  readonly REDIS_URL?: string;
}
