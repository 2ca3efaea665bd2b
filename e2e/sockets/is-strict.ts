/** The tests run on node:http, because SLUICE_ENGINE names it; else on µWebSockets. */
export const IS_STRICT = process.env['SLUICE_ENGINE'] === 'node';
