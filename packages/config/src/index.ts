export { config, type ConfigProvider } from './config';
export type { ConfigOptions, SchemaOptions, TokenOptions, Variables } from './config-options';
export { describeConfig } from './describe-config';
export { loadConfig } from './load-config';
export { Secret } from './secret';
