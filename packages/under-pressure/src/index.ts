export { Priority, PRIORITY } from './priority';
export type { PriorityLevel } from './priority';
export { underPressure } from './under-pressure';
export type { UnderPressureOptions } from './under-pressure-options';
