import type { AppSettings } from './app-settings';

/** Whether an application helps its developer: by the option, or else unless NODE_ENV is `production`. */
export function isDevelopment({ development }: Pick<AppSettings, 'development'>): boolean {
  return development ?? process.env['NODE_ENV'] !== 'production';
}
