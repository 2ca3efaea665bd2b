export type { Clock } from './clock/clock';
export { FakeClock, type FakeClockOptions } from './clock/fake-clock';
export { redisLock, type RedisLockOptions } from './lock/redis-lock';
export type { LockAnswer, LockClaim, LockRefusal, TaskLock } from './lock/task-lock';
export { runNow } from './run/run-now';
export { TaskAborted, TaskBusy, type TaskRun } from './run/task-run';
export { scheduler, type SchedulerOptions } from './scheduler';
export { Cron, Interval, type TaskDecorator } from './task-decorators';
export type { CronOptions, TaskOptions } from './task-options';
