export { health } from './health';
export type { HealthOptions } from './health-options';
export type { CheckResult, CheckStatus, HealthCheck, HealthCheckOptions } from './health-check';
