import { BackgroundTasks } from '../../http/background-tasks';
import { createParameterDecorator } from './create-parameter-decorator';

/**
 * Collects the tasks that run after the reply, in the order added. Errors in them are logged.
 *
 * @example create(@Body() user: CreateUser, @Background() tasks: BackgroundTasks) { tasks.add(sendWelcome, user.email); }
 */
export const Background = createParameterDecorator('Background', (context) => new BackgroundTasks(context), {
  describes: {
    statuses: {
      503: {
        description: 'Too much work is waiting.',
        headers: { 'Retry-After': { type: 'integer', description: 'Seconds.' } },
      },
    },
  },
});
