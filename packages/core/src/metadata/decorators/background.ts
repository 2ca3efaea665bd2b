import { BackgroundTasks } from '../../http/background-tasks';
import { createParameterDecorator } from './create-parameter-decorator';

/**
 * What is to be done after the reply, as a handler's parameter.
 *
 * @example create(@Body() user: CreateUser, @Background() tasks: BackgroundTasks) { tasks.add(sendWelcome, user.email); }
 */
export const Background = createParameterDecorator('Background', (context) => new BackgroundTasks(context));
