import { setTimeout as wait } from 'node:timers/promises';
import { Background, Controller, Get, type BackgroundTasks } from '@sluice/core';
import { notes, serve } from '../serve';

@Controller()
class TasksController {
  @Get('/order')
  order(@Background() tasks: BackgroundTasks) {
    tasks.add(async (text: string) => {
      await wait(5);
      notes.push(text);
    }, 'first');
    tasks.add(
      (one: number, two: number) => {
        notes.push(`second ${one + two}`);
        tasks.add(() => notes.push('added by a task'));
      },
      1,
      2,
    );
    return 'answered';
  }

  @Get('/fails')
  fails(@Background() tasks: BackgroundTasks) {
    tasks.add(() => Promise.reject(new Error('the task')));
    tasks.add(() => notes.push('after the failure'));
    return 'answered';
  }

  @Get('/error')
  error(@Background() tasks: BackgroundTasks) {
    tasks.add(() => notes.push('followed an error'));
    throw new Error('the handler');
  }

  @Get('/late')
  late(@Background() tasks: BackgroundTasks) {
    setTimeout(() => {
      try {
        tasks.add(() => notes.push('late'));
      } catch (error) {
        notes.push(String(error));
      }
    }, 20);
    return 'answered';
  }

  @Get('/forgets')
  forgets() {
    void Promise.reject(new Error('forgotten'));
    setTimeout(() => void Promise.reject(new Error('forgotten later')), 5);
    return 'answered';
  }
}

void serve({ controllers: [TasksController] });
